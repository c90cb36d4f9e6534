/** Tests of what budgets remember. */
@NullMarked
package io.tollgate.budget.journal;

import org.jspecify.annotations.NullMarked;
