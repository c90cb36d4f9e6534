package io.tollgate.budget.usagelog.sqlite;

/**
 * The key of {@code usage_row}: the time of writing in epoch milliseconds, shifted left by {@value #BITS} bits, plus a
 * count. It only ever grows, and its time is never before the row's own {@code at}, whatever the clock does. So all
 * rows that arrived in {@code [from, to)} have keys from {@code from} to {@code to} plus the longest lag between a
 * request's arrival and its row, which {@code ledger_meta} keeps: a range of time is a range of keys, without an index.
 */
public final class Sequence {
    /** Leaves keys below 2^53 (exact in JavaScript) until the year 2248. */
    static final int BITS = 10;

    /** Reads the longest lag, in milliseconds. */
    public static final String MAX_LAG = "SELECT value FROM ledger_meta WHERE name = 'max_lag_millis'";

    private long last;

    Sequence(long last) {
        this.last = last;
    }

    /** The next row's key. */
    long next(long nowMillis, long atMillis) {
        last = Math.max(last + 1, Math.max(nowMillis, atMillis) << BITS);
        return last;
    }

    /** The time within a key. */
    public static long millis(long seq) {
        return seq >> BITS;
    }

    /** The smallest key of this time; saturates for times no clock shows. */
    public static long first(long millis) {
        return Math.clamp(millis, 0, Long.MAX_VALUE >> BITS) << BITS;
    }
}
