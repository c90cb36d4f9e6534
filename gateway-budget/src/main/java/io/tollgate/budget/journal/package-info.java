/** What budgets must not forget: sums rolled up from the usage log, rungs reached, raises; in a file of their own. */
@NullMarked
package io.tollgate.budget.journal;

import org.jspecify.annotations.NullMarked;
