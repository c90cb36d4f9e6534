package io.tollgate.server.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.tollgate.budget.alerts.Alerts;
import io.tollgate.budget.alerts.DeliveryCounts;
import io.tollgate.budget.ledger.BudgetLedger;
import io.tollgate.budget.limits.LimitKind;
import io.tollgate.budget.limits.RateLimiter;
import io.tollgate.budget.runs.RunCallKind;
import io.tollgate.budget.runs.RunLimitKind;
import io.tollgate.budget.runs.RunLimiter;
import io.tollgate.budget.usagelog.UsageLog;
import io.tollgate.core.tokens.learned.LearnedTokens;
import io.tollgate.routing.fallback.HedgeBook;
import io.tollgate.routing.fallback.TargetHealth;
import io.tollgate.routing.promptcache.PrefixMemory;
import io.tollgate.routing.promptcache.PromptCacheReport;
import io.tollgate.routing.promptcache.PromptCaching;
import io.tollgate.routing.shaping.ShapingLever;
import io.tollgate.routing.shaping.ShapingWork;
import io.tollgate.routing.shaping.summary.Summaries;
import io.tollgate.server.accesslog.AccessLog;
import io.tollgate.server.api.LiveFeed;
import io.tollgate.server.front.FrontLoad;
import io.tollgate.server.relay.Relay;
import io.tollgate.server.upstream.UpstreamLoad;
import java.util.Locale;

/** Registers what the parts of the gateway tell of themselves: connections, queues, buffers, the JVM. */
public final class GatewayMetrics {
    private final MeterRegistry registry;

    /** Into this registry. */
    public GatewayMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** The JVM's own. */
    @SuppressWarnings("resource") // lives as long as the process
    public void jvm() {
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new JvmGcMetrics().bindTo(registry);
        new ClassLoaderMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        if (ByteBufAllocator.DEFAULT instanceof ByteBufAllocatorMetricProvider allocator) {
            Gauge.builder(
                            "tollgate.buffers.direct.bytes",
                            allocator,
                            a -> a.metric().usedDirectMemory())
                    .register(registry);
            Gauge.builder(
                            "tollgate.buffers.heap.bytes",
                            allocator,
                            a -> a.metric().usedHeapMemory())
                    .register(registry);
        }
    }

    /** A listener's load. */
    public void front(String port, FrontLoad load) {
        Gauge.builder("tollgate.caller.connections", load, FrontLoad::connections)
                .tag("port", port)
                .register(registry);
        Gauge.builder("tollgate.requests.active", load, FrontLoad::exchanges)
                .tag("port", port)
                .register(registry);
        Gauge.builder("tollgate.requests.held.bytes", load, FrontLoad::heldBytes)
                .tag("port", port)
                .register(registry);
    }

    /** Connections to providers. */
    public void upstream(UpstreamLoad load, Relay relay) {
        Gauge.builder("tollgate.upstream.connections", load, UpstreamLoad::open)
                .tag("state", "open")
                .register(registry);
        Gauge.builder("tollgate.upstream.connections", load, UpstreamLoad::idle)
                .tag("state", "idle")
                .register(registry);
        Gauge.builder("tollgate.relay.drains", relay, Relay::drains).register(registry);
    }

    /** The usage log's queue and writer. */
    public void usageLog(UsageLog log) {
        Gauge.builder("tollgate.ledger.queue.used", log, UsageLog::used).register(registry);
        Gauge.builder("tollgate.ledger.queue.capacity", log, UsageLog::capacity).register(registry);
        FunctionCounter.builder("tollgate.ledger.rejected.requests", log, UsageLog::rejected)
                .register(registry);
        Gauge.builder("tollgate.ledger.healthy", log, l -> l.healthy() ? 1 : 0).register(registry);
    }

    /** Holds of calls under way, and what budgets did to calls. */
    public void budgets(BudgetLedger ledger) {
        Gauge.builder("tollgate.budget.holds", ledger, BudgetLedger::holds).register(registry);
        FunctionCounter.builder("tollgate.budget.refused.requests", ledger, BudgetLedger::refused)
                .register(registry);
        FunctionCounter.builder("tollgate.budget.expired.holds", ledger, BudgetLedger::expired)
                .register(registry);
        FunctionCounter.builder("tollgate.budget.overflowed.requests", ledger, BudgetLedger::overflowed)
                .register(registry);
    }

    /** How well the prompts' tokens were foreseen. */
    public void learned(LearnedTokens tokens) {
        FunctionCounter.builder("tollgate.estimate.compared.requests", tokens, LearnedTokens::compared)
                .register(registry);
        FunctionCounter.builder("tollgate.estimate.undercounted.requests", tokens, LearnedTokens::undercounted)
                .register(registry);
        FunctionCounter.builder("tollgate.estimate.told.tokens", tokens, LearnedTokens::toldTokens)
                .register(registry);
        FunctionCounter.builder("tollgate.estimate.missed.tokens", tokens, LearnedTokens::missedTokens)
                .register(registry);
        Gauge.builder("tollgate.estimate.groups", tokens, LearnedTokens::groups).register(registry);
    }

    /** What marks for the provider's cache brought. */
    public void promptCache(PromptCaching caching) {
        PromptCacheReport report = caching.report();
        FunctionCounter.builder("tollgate.prompt_cache.read.answers", report, PromptCacheReport::reads)
                .register(registry);
        FunctionCounter.builder("tollgate.prompt_cache.written.answers", report, PromptCacheReport::writes)
                .register(registry);
        FunctionCounter.builder("tollgate.prompt_cache.broken.prefixes", report, PromptCacheReport::broken)
                .register(registry);
        Gauge.builder("tollgate.prompt_cache.saved.usd", report, all -> all.savedNanos() / 1e9)
                .register(registry);
        Gauge.builder("tollgate.prompt_cache.prefixes", caching.memory(), PrefixMemory::size)
                .register(registry);
    }

    /** Prompts made shorter, by lever. */
    public void shaping(ShapingWork work) {
        for (ShapingLever lever : ShapingLever.values()) {
            FunctionCounter.builder("tollgate.shaping.shaped.requests", work, all -> all.prompts(lever))
                    .tag("lever", lever.wireName())
                    .register(registry);
            FunctionCounter.builder("tollgate.shaping.saved.tokens", work, all -> all.tokens(lever))
                    .tag("lever", lever.wireName())
                    .register(registry);
        }
        FunctionCounter.builder("tollgate.shaping.skipped.requests", work, ShapingWork::skipped)
                .register(registry);
        Gauge.builder("tollgate.shaping.waiting", work, ShapingWork::waiting).register(registry);
        Summaries summaries = work.summaries();
        for (Summaries.Event event : Summaries.Event.values()) {
            FunctionCounter.builder("tollgate.shaping.summaries", summaries, all -> all.count(event))
                    .tag("event", event.wireName())
                    .register(registry);
        }
        Gauge.builder("tollgate.shaping.summaries.kept", summaries, Summaries::kept)
                .register(registry);
        Gauge.builder("tollgate.shaping.summaries.under_way", summaries, Summaries::underWay)
                .register(registry);
    }

    /** Buckets, and calls the rate limits refused. */
    public void rateLimits(RateLimiter limiter) {
        Gauge.builder("tollgate.rate_limit.buckets", limiter, RateLimiter::accounts)
                .register(registry);
        for (LimitKind kind : LimitKind.values()) {
            FunctionCounter.builder("tollgate.rate_limit.refused.requests", limiter, l -> l.refused(kind))
                    .tag("limit", kind.wireName())
                    .register(registry);
        }
        FunctionCounter.builder("tollgate.rate_limit.overflowed.requests", limiter, RateLimiter::overflowed)
                .register(registry);
    }

    /** Calls that failed and were made good. */
    public void fallbacks(TargetHealth health) {
        FunctionCounter.builder("tollgate.upstream.retries", health, TargetHealth::retries)
                .register(registry);
        FunctionCounter.builder("tollgate.upstream.fallbacks", health, TargetHealth::fallbacks)
                .register(registry);
        FunctionCounter.builder("tollgate.upstream.retries.refused", health, TargetHealth::retriesOverBudget)
                .register(registry);
        FunctionCounter.builder("tollgate.upstream.hedges", health.hedges(), HedgeBook::made)
                .register(registry);
        FunctionCounter.builder("tollgate.upstream.hedges.won", health.hedges(), HedgeBook::won)
                .register(registry);
        FunctionCounter.builder("tollgate.upstream.hedges.refused", health.hedges(), HedgeBook::overShare)
                .register(registry);
        Gauge.builder("tollgate.upstream.hedge.kinds", health.hedges(), HedgeBook::kinds)
                .register(registry);
        Gauge.builder("tollgate.upstream.targets.open", health, TargetHealth::open)
                .register(registry);
    }

    /** Agent runs, and what their calls were: steps, retries, loops. */
    public void runLimits(RunLimiter limiter) {
        Gauge.builder("tollgate.run_limit.runs", limiter, RunLimiter::runs).register(registry);
        for (RunLimitKind kind : RunLimitKind.values()) {
            FunctionCounter.builder("tollgate.run_limit.refused.requests", limiter, l -> l.refused(kind))
                    .tag("limit", kind.wireName())
                    .register(registry);
        }
        for (RunCallKind kind : RunCallKind.values()) {
            FunctionCounter.builder("tollgate.run_limit.calls", limiter, l -> l.calls(kind))
                    .tag("kind", kind.name().toLowerCase(Locale.ROOT))
                    .register(registry);
        }
        FunctionCounter.builder("tollgate.run_limit.forgotten.runs", limiter, RunLimiter::forgotten)
                .register(registry);
    }

    /** Deliveries of alerts, by type of channel. */
    public void alerts(Alerts alerts) {
        for (String type : DeliveryCounts.TYPES) {
            Gauge.builder("tollgate.alerts.pending", alerts, a -> a.pending(type))
                    .tag("channel", type)
                    .register(registry);
            DeliveryCounts counts = alerts.counts();
            FunctionCounter.builder("tollgate.alerts.delivered", counts, c -> c.deliveredTo(type))
                    .tag("channel", type)
                    .register(registry);
            FunctionCounter.builder("tollgate.alerts.retried", counts, c -> c.retriedTo(type))
                    .tag("channel", type)
                    .register(registry);
            FunctionCounter.builder("tollgate.alerts.failed", counts, c -> c.failedTo(type))
                    .tag("channel", type)
                    .register(registry);
        }
    }

    /** Those who watch requests end. */
    public void live(LiveFeed feed) {
        Gauge.builder("tollgate.live.watchers", feed, LiveFeed::watchers).register(registry);
        FunctionCounter.builder("tollgate.live.dropped.events", feed, LiveFeed::dropped)
                .register(registry);
    }

    /** The access log's queue. */
    public void accessLog(AccessLog log) {
        Gauge.builder("tollgate.access_log.queued", log, AccessLog::queued).register(registry);
        FunctionCounter.builder("tollgate.access_log.dropped", log, AccessLog::dropped)
                .register(registry);
    }
}
