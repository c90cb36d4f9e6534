package io.tollgate.budget.limits;

import org.jspecify.annotations.Nullable;

/** Finds the bucket that leaves least; allocates nothing until asked for the result, for it is used under locks. */
final class Tightest {
    private boolean found;
    private long limit;
    private long remaining;
    private long reset;

    void consider(@Nullable TokenBucket bucket) {
        if (bucket == null) {
            return;
        }
        long left = bucket.remaining();
        if (!found || left < remaining) {
            found = true;
            limit = bucket.rate().amount();
            remaining = left;
            reset = bucket.untilFull();
        }
    }

    @Nullable
    Quota quota() {
        return found ? new Quota(limit, remaining, reset) : null;
    }
}
