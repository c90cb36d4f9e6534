package io.tollgate.cache.store;

import java.util.concurrent.atomic.LongAdder;

/** Counts what a level does; any thread. */
public final class StoreCounters {
    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();
    private final LongAdder evictions = new LongAdder();
    private final LongAdder expired = new LongAdder();
    private final LongAdder corrupt = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final LongAdder dropped = new LongAdder();

    /** All at zero. */
    public StoreCounters() {}

    /** A lookup found, or did not find, an answer. */
    public void lookedUp(boolean found) {
        (found ? hits : misses).increment();
    }

    /** An answer gave way to others. */
    public void evicted() {
        evictions.increment();
    }

    /** An answer's time was over. */
    public void expired() {
        expired.increment();
    }

    /** An answer was not what had been written. */
    public void corrupt() {
        corrupt.increment();
    }

    /** The file system refused. */
    public void failed() {
        failures.increment();
    }

    /** An answer was not taken. */
    public void dropped() {
        dropped.increment();
    }

    /** As they stand, with what the level holds. */
    public StoreFigures figures(String level, long entries, long bytes, long maxBytes) {
        return new StoreFigures(
                level,
                hits.sum(),
                misses.sum(),
                entries,
                bytes,
                maxBytes,
                evictions.sum(),
                expired.sum(),
                corrupt.sum(),
                failures.sum(),
                dropped.sum());
    }
}
