package io.tollgate.budget.ledger;

/** What came of asking for a hold: the hold, or why there is none. */
public sealed interface Reserved permits Reservation, Shortage {}
