package io.tollgate.server.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.cache.key.BypassReason;
import io.tollgate.cache.rule.Unkept;
import io.tollgate.cache.step.CacheCounters;
import io.tollgate.cache.step.Caching;
import io.tollgate.cache.store.ReplyStore;
import io.tollgate.cache.store.StoreFigures;
import java.util.function.ToLongFunction;

/** Registers what the cache tells of itself. Nothing of it names a scope, a key or anything of a body. */
public final class CacheMetrics {
    private static final String REQUESTS = "tollgate.cache.requests";

    private final MeterRegistry registry;

    /** Into this registry. */
    public CacheMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** All figures of the cache. */
    public void register(Caching caching) {
        calls(caching.counters());
        answers(caching);
        for (StoreFigures level : caching.store().figures()) {
            level(caching.store(), level.level());
        }
    }

    private void calls(CacheCounters counters) {
        outcome(counters, "hit", CacheCounters::hits);
        outcome(counters, "coalesced", CacheCounters::coalescences);
        outcome(counters, "miss", CacheCounters::misses);
        outcome(counters, "refresh", CacheCounters::refreshes);
        for (BypassReason reason : BypassReason.values()) {
            FunctionCounter.builder("tollgate.cache.bypassed.requests", counters, all -> (double) all.bypasses(reason))
                    .tag("reason", reason.token())
                    .register(registry);
        }
        FunctionCounter.builder("tollgate.cache.saved.usd", counters, all -> all.savedNanos() / 1e9)
                .register(registry);
    }

    private void outcome(CacheCounters counters, String outcome, ToLongFunction<CacheCounters> count) {
        FunctionCounter.builder(REQUESTS, counters, all -> (double) count.applyAsLong(all))
                .tag("outcome", outcome)
                .register(registry);
    }

    private void answers(Caching caching) {
        FunctionCounter.builder("tollgate.cache.kept.answers", caching.counters(), all -> (double) all.keptAnswers())
                .register(registry);
        for (Unkept reason : Unkept.values()) {
            FunctionCounter.builder("tollgate.cache.unkept.answers", caching.counters(), all ->
                            (double) all.unkeptAnswers(reason))
                    .tag("reason", reason.token())
                    .register(registry);
        }
        Gauge.builder("tollgate.cache.flights", caching.flights(), all -> (double) all.size())
                .register(registry);
        Gauge.builder("tollgate.cache.recording.bytes", caching.room(), room -> (double) room.used())
                .register(registry);
    }

    private void level(ReplyStore store, String level) {
        gauge(store, level, "tollgate.cache.entries", StoreFigures::entries);
        gauge(store, level, "tollgate.cache.bytes", StoreFigures::bytes);
        gauge(store, level, "tollgate.cache.max.bytes", StoreFigures::maxBytes);
        counter(store, level, "tollgate.cache.lookups.found", StoreFigures::hits);
        counter(store, level, "tollgate.cache.lookups.missed", StoreFigures::misses);
        counter(store, level, "tollgate.cache.evicted.answers", StoreFigures::evictions);
        counter(store, level, "tollgate.cache.expired.answers", StoreFigures::expired);
        counter(store, level, "tollgate.cache.corrupt.answers", StoreFigures::corrupt);
        counter(store, level, "tollgate.cache.store.failures", StoreFigures::failures);
        counter(store, level, "tollgate.cache.dropped.answers", StoreFigures::dropped);
    }

    private void gauge(ReplyStore store, String level, String name, ToLongFunction<StoreFigures> figure) {
        Gauge.builder(name, store, all -> value(all, level, figure))
                .tag("level", level)
                .register(registry);
    }

    private void counter(ReplyStore store, String level, String name, ToLongFunction<StoreFigures> figure) {
        FunctionCounter.builder(name, store, all -> value(all, level, figure))
                .tag("level", level)
                .register(registry);
    }

    private static double value(ReplyStore store, String level, ToLongFunction<StoreFigures> figure) {
        for (StoreFigures figures : store.figures()) {
            if (figures.level().equals(level)) {
                return (double) figure.applyAsLong(figures);
            }
        }
        return 0;
    }
}
