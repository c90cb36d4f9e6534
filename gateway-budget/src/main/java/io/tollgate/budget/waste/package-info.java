/** What of the money was wasted: findings from the ledger's rows, with dollars a month and the setting that removes them. */
@NullMarked
package io.tollgate.budget.waste;

import org.jspecify.annotations.NullMarked;
