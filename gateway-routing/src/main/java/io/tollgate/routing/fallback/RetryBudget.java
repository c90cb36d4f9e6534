package io.tollgate.routing.fallback;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Keeps tries at the same target to a share of all calls, so that they do not finish off a provider that is failing: each
 * call pays a share of a try in, each try takes a whole one out. Any thread.
 */
final class RetryBudget {
    private static final long ONE = 1_000_000;
    private static final long AT_FIRST = 10 * ONE;
    private static final long MOST = 100 * ONE;

    private final AtomicLong balance = new AtomicLong(AT_FIRST);

    void call(double share) {
        long in = (long) (share * ONE);
        if (balance.get() < MOST) {
            balance.addAndGet(in);
        }
    }

    boolean tryTake() {
        if (balance.addAndGet(-ONE) < 0) {
            balance.addAndGet(ONE);
            return false;
        }
        return true;
    }
}
