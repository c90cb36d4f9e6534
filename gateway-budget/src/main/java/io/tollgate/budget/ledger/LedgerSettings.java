package io.tollgate.budget.ledger;

import java.time.Duration;

/**
 * Bounds of a ledger.
 *
 * @param lease how long a hold lasts after it was last touched; longer than any phase of a call may take in silence
 * @param maxAccounts accounts of one budget
 */
public record LedgerSettings(Duration lease, int maxAccounts) {
    /** 10 min; 10,000 accounts per budget, about 500 bytes each. */
    public static final LedgerSettings DEFAULT = new LedgerSettings(Duration.ofMinutes(10), 10_000);
}
