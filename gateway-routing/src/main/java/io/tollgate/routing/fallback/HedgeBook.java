package io.tollgate.routing.fallback;

import java.util.concurrent.atomic.LongAdder;

/** What is known of late calls and of those made beside them. Outlives reloads. Any thread. */
public final class HedgeBook {
    private static final int BURST = 10;

    private final FirstByteTimes times = new FirstByteTimes();
    private final RetryBudget share = new RetryBudget(0, BURST);
    private final LongAdder made = new LongAdder();
    private final LongAdder won = new LongAdder();
    private final LongAdder overShare = new LongAdder();

    FirstByteTimes times() {
        return times;
    }

    RetryBudget share() {
        return share;
    }

    void begun() {
        made.increment();
    }

    void wasFirst() {
        won.increment();
    }

    void refusedByShare() {
        overShare.increment();
    }

    /** Second calls since the start. */
    public long made() {
        return made.sum();
    }

    /** Those whose answer the caller was given. */
    public long won() {
        return won.sum();
    }

    /** Those that were not made since they were too many. */
    public long overShare() {
        return overShare.sum();
    }

    /** Kinds of call whose times are kept. */
    public int kinds() {
        return times.kinds();
    }
}
