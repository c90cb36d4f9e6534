package io.tollgate.routing.fallback;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Keeps calls that are made beyond those asked for to a share of these, so that they do not finish off a provider that is
 * failing: each call pays a share of one in, each further one takes a whole one out. Any thread.
 */
final class RetryBudget {
    private static final long ONE = 1_000_000;

    private final AtomicLong balance;
    private final long most;

    /** With so many granted at the start, and never more than {@code most} in it. */
    RetryBudget(int atFirst, int most) {
        this.balance = new AtomicLong(atFirst * ONE);
        this.most = most * ONE;
    }

    void call(double share) {
        long in = (long) (share * ONE);
        if (balance.get() < most) {
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

    /** What was taken is not needed. */
    void giveBack() {
        balance.addAndGet(ONE);
    }
}
