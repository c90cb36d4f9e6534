/** Tests of the ledger of budgets. */
@NullMarked
package io.tollgate.budget.ledger;

import org.jspecify.annotations.NullMarked;
