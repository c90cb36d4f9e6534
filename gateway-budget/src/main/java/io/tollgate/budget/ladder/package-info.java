/** The ladder of a budget: what happens at which share of its limit, once per period. */
@NullMarked
package io.tollgate.budget.ladder;

import org.jspecify.annotations.NullMarked;
