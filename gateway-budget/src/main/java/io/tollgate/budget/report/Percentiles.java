package io.tollgate.budget.report;

/** The median and the 95th percentile (nearest rank) of values that come in ascending order and in known number. */
final class Percentiles {
    private final long rank50;
    private final long rank95;
    private long seen;
    private long p50 = -1;
    private long p95 = -1;

    Percentiles(long count) {
        rank50 = (count * 50 + 99) / 100;
        rank95 = (count * 95 + 99) / 100;
    }

    void next(long value) {
        seen++;
        if (seen == rank50) {
            p50 = value;
        }
        if (seen == rank95) {
            p95 = value;
        }
    }

    long p50() {
        return p50;
    }

    long p95() {
        return p95;
    }
}
