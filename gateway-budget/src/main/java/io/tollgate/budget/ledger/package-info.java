/** Budgets that hold: accounts per period, reservations that take all of a call's budgets or none, raises. */
@NullMarked
package io.tollgate.budget.ledger;

import org.jspecify.annotations.NullMarked;
