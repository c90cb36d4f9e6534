package io.tollgate.budget.ledger;

import io.tollgate.budget.ladder.Marks;

/**
 * The limit in force for an account.
 *
 * @param until epoch milliseconds at which it may change by itself: the next raise runs out
 * @param version of the budget's rule and raises it was made from
 */
record Limits(Marks marks, long until, int version) {}
