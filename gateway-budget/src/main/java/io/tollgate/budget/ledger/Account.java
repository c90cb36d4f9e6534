package io.tollgate.budget.ledger;

import io.tollgate.budget.ladder.Rung;
import io.tollgate.budget.ladder.RungReached;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A budget's money for one value of its {@code each}. Time only goes forward in it: once a period has begun, no call
 * opens an earlier one again, whatever the clock says.
 */
final class Account {
    private static final AtomicLong SEQUENCE = new AtomicLong();

    /** The order in which locks of several accounts are taken. */
    final long order = SEQUENCE.getAndIncrement();

    final Budget budget;
    final List<String> values;
    private volatile Window current;
    private volatile boolean retired;

    Account(Budget budget, List<String> values, long now) {
        this.budget = budget;
        this.values = values;
        this.current = new Window(this, budget.spanAt(now), now);
    }

    /** The period under way. */
    Window window(long now) {
        Window window = current;
        return now < window.span.to() ? window : roll(now);
    }

    private Window roll(long now) {
        Window old = current;
        old.lock();
        try {
            if (current.equals(old) && now >= old.span.to()) {
                budget.reached(now);
                current = new Window(this, budget.spanAt(now), now);
            }
            return current;
        } finally {
            old.unlock();
        }
    }

    /** Whether it was taken out of its budget and a new one must be looked up. */
    boolean isRetired() {
        return retired;
    }

    /** Retires it if the next call would find it at zero anyway: its period is over, or nothing is spent or expected. */
    boolean retire(long now) {
        Window window = current;
        window.lock();
        try {
            retired = current.equals(window) && (now >= window.span.to() || window.isIdle());
            return retired;
        } finally {
            window.unlock();
        }
    }

    RungReached describe(Period.Span span, Rung rung, Balance balance, long at) {
        return new RungReached(
                budget.rule().name(),
                each(),
                rung,
                balance.spentNanos(),
                balance.spentTokens(),
                balance.heldNanos(),
                balance.heldTokens(),
                balance.marks().limitNanos(),
                balance.marks().limitTokens(),
                budget.rule().period().wireName(),
                budget.rule().zone(),
                span.ends() ? Instant.ofEpochMilli(span.from()) : null,
                span.ends() ? Instant.ofEpochMilli(span.to()) : null,
                Instant.ofEpochMilli(at));
    }

    /** The value of each dimension under {@code each}. */
    Map<String, String> each() {
        List<String> names = budget.rule().each();
        Map<String, String> each = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            each.put(names.get(i), values.get(i));
        }
        return each;
    }

    @Override
    public String toString() {
        return budget.rule().name() + values;
    }
}
