package io.tollgate.budget.ledger;

import io.tollgate.core.time.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock and a ticker that stand until they are turned. */
public final class TestTime implements InstantSource, Ticker {
    private volatile Instant now;
    private volatile long nanos;

    public TestTime(String now) {
        this.now = Instant.parse(now);
    }

    public synchronized void pass(Duration duration) {
        now = now.plus(duration);
        nanos += duration.toNanos();
    }

    /** The wall clock alone: somebody set it. */
    public synchronized void set(Instant other) {
        now = other;
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public long nanos() {
        return nanos;
    }
}
