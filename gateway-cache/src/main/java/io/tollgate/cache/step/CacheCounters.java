package io.tollgate.cache.step;

import io.tollgate.cache.key.BypassReason;
import io.tollgate.cache.rule.Unkept;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What the cache did for calls since the gateway began. Any thread. */
public final class CacheCounters {
    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();
    private final LongAdder refreshes = new LongAdder();
    private final LongAdder coalesced = new LongAdder();
    private final LongAdder kept = new LongAdder();
    private final LongAdder savedNanos = new LongAdder();
    private final Map<BypassReason, LongAdder> bypasses = new EnumMap<>(BypassReason.class);
    private final Map<Unkept, LongAdder> unkept = new EnumMap<>(Unkept.class);

    /** All at zero. */
    public CacheCounters() {
        for (BypassReason reason : BypassReason.values()) {
            bypasses.put(reason, new LongAdder());
        }
        for (Unkept reason : Unkept.values()) {
            unkept.put(reason, new LongAdder());
        }
    }

    void hit() {
        hits.increment();
    }

    void missed() {
        misses.increment();
    }

    void refreshed() {
        refreshes.increment();
    }

    void coalesced() {
        coalesced.increment();
    }

    void kept() {
        kept.increment();
    }

    void saved(long nanos) {
        savedNanos.add(nanos);
    }

    void bypassed(BypassReason reason) {
        of(bypasses, reason).increment();
    }

    void unkept(Unkept reason) {
        of(unkept, reason).increment();
    }

    private static <K> LongAdder of(Map<K, LongAdder> counters, K key) {
        LongAdder counter = counters.get(key);
        if (counter == null) {
            throw new IllegalStateException("no counter for " + key);
        }
        return counter;
    }

    /** Calls answered with a kept answer. */
    public long hits() {
        return hits.sum();
    }

    /** Calls for which there was none, or none in their form. */
    public long misses() {
        return misses.sum();
    }

    /** Calls that wanted a new answer. */
    public long refreshes() {
        return refreshes.sum();
    }

    /** Calls given the answer to another's call. */
    public long coalescences() {
        return coalesced.sum();
    }

    /** Answers handed to the store. */
    public long keptAnswers() {
        return kept.sum();
    }

    /** What hits and coalesced calls would have cost, nano-dollars. */
    public long savedNanos() {
        return savedNanos.sum();
    }

    /** Calls that passed by for this reason. */
    public long bypasses(BypassReason reason) {
        return of(bypasses, reason).sum();
    }

    /** Answers not kept for this reason. */
    public long unkeptAnswers(Unkept reason) {
        return of(unkept, reason).sum();
    }
}
