/** Budgets in the pipeline: what a call reserves, how its hold follows it, how it is refused, clamped, cut and settled. */
@NullMarked
package io.tollgate.budget.step;

import org.jspecify.annotations.NullMarked;
