package io.tollgate.budget.limits;

/**
 * A bucket that holds what a rate gives in its period, and refills continuously. What was used beyond it (a call turned
 * out larger than expected) is owed and refills first. Exact: every drop taken comes back after the time its rate says.
 * Guarded by the lock of the account it belongs to.
 */
final class TokenBucket {
    /** How many times what it holds a bucket can owe at most. */
    static final long MOST_OWED = 60;

    private Rate rate;
    private long used;
    private long at;

    /** A full one. */
    TokenBucket(Rate rate, long now) {
        this.rate = rate;
        this.at = now;
    }

    Rate rate() {
        return rate;
    }

    /** Goes on at another rate: what is used stays used. */
    void rate(Rate next) {
        long things = Math.ceilDiv(used, rate.drops());
        rate = next;
        used = Math.min(things, next.amount() * MOST_OWED) * next.drops();
    }

    /** Lets time pass; a reading from before the last one changes nothing. */
    void refill(long now) {
        long passed = now - at;
        if (passed < rate.quantum()) {
            return;
        }
        long quanta = passed / rate.quantum();
        at += quanta * rate.quantum();
        // used is at most (MOST_OWED + 1) * amount * drops, so the product stays within a long
        used = quanta > (MOST_OWED + 1) * rate.drops() ? 0 : Math.max(0, used - quanta * rate.amount());
    }

    /** Nanoseconds from {@code now} until so many, at most the rate's amount, can be taken if nobody else takes any; 0 for at once. */
    long waitFor(long things, long now) {
        long missing = used - (rate.amount() - things) * rate.drops();
        return missing <= 0 ? 0 : Math.max(1, Math.ceilDiv(missing, rate.amount()) * rate.quantum() - (now - at));
    }

    /** Takes so many, whether they are there or not. */
    void take(long things) {
        long most = (MOST_OWED + 1) * rate.amount() - Math.ceilDiv(used, rate.drops());
        used += Math.max(0, Math.min(things, most)) * rate.drops();
    }

    /** Puts so many back that were taken and not used. */
    void giveBack(long things) {
        used = things >= Math.ceilDiv(used, rate.drops()) ? 0 : used - things * rate.drops();
    }

    /** How many whole ones can be taken now. */
    long remaining() {
        return Math.max(0, rate.amount() - Math.ceilDiv(used, rate.drops()));
    }

    /** How many whole ones were used and have not come back. */
    long used() {
        return Math.ceilDiv(used, rate.drops());
    }

    /** Nanoseconds until it is full. */
    long untilFull() {
        return Math.ceilDiv(used, rate.amount()) * rate.quantum();
    }

    boolean isFull() {
        return used == 0;
    }
}
