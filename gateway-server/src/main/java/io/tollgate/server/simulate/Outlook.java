package io.tollgate.server.simulate;

/** What became of some calls, and what would have under the other configuration. Money in nano-dollars. One thread. */
public final class Outlook {
    private long calls;
    private long blocked;
    private long cached;
    private long routed;
    private long capped;
    private long unpriced;
    private long beforeNanos;
    private long afterNanos;

    void call() {
        calls++;
    }

    void blocked() {
        blocked++;
    }

    void cached() {
        cached++;
    }

    void routed() {
        routed++;
    }

    void capped() {
        capped++;
    }

    void unpriced() {
        unpriced++;
    }

    void cost(long before, long after) {
        beforeNanos = Math.addExact(beforeNanos, before);
        afterNanos = Math.addExact(afterNanos, after);
    }

    void add(Outlook other) {
        calls += other.calls;
        blocked += other.blocked;
        cached += other.cached;
        routed += other.routed;
        capped += other.capped;
        unpriced += other.unpriced;
        cost(other.beforeNanos, other.afterNanos);
    }

    /** All calls. */
    public long calls() {
        return calls;
    }

    /** Those a budget would refuse. */
    public long blockedCalls() {
        return blocked;
    }

    /** Those the cache would answer. */
    public long cachedCalls() {
        return cached;
    }

    /** Those a rule would send to another model than the one asked for. */
    public long routedCalls() {
        return routed;
    }

    /** Those whose answer a cap would cut. */
    public long cappedCalls() {
        return capped;
    }

    /** Those without a price on one side, which the sums leave out on both. */
    public long unpricedCalls() {
        return unpriced;
    }

    /** What was paid. */
    public long beforeNanos() {
        return beforeNanos;
    }

    /** What would be paid. */
    public long afterNanos() {
        return afterNanos;
    }
}
