package io.tollgate.budget.anomaly;

import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is out of the ordinary. What is null is not watched.
 *
 * @param window what is ordinary is learnt from so much time
 * @param recent and compared with so much time until now
 * @param minRequests answered requests below which a time says nothing
 * @param tokensPerRequest multiple of the window's mean
 * @param costPerRequestNanos nano-dollars
 * @param cacheHitRate lowest ordinary share of answered requests, 0 to 1; null also where there is no cache
 * @param expensiveModelShare highest ordinary share of requests to expensive models, 0 to 1
 * @param expensive which models those are
 * @param errorRate highest ordinary share of answered requests that fail, 0 to 1
 * @param p95Latency longest ordinary time that 95 % of answered requests stay below
 */
public record AnomalyRules(
        Duration window,
        Duration recent,
        long minRequests,
        @Nullable BigDecimal tokensPerRequest,
        @Nullable Long costPerRequestNanos,
        @Nullable BigDecimal cacheHitRate,
        @Nullable BigDecimal expensiveModelShare,
        ExpensiveModels expensive,
        @Nullable BigDecimal errorRate,
        @Nullable Duration p95Latency) {
    /** Nothing is watched. */
    public static final AnomalyRules NONE = new AnomalyRules(
            Duration.ofDays(7), Duration.ofMinutes(10), 1, null, null, null, null, ExpensiveModels.NONE, null, null);

    /** Whether anything is watched. */
    boolean watchAnything() {
        return tokensPerRequest != null
                || costPerRequestNanos != null
                || cacheHitRate != null
                || expensiveModelShare != null
                || errorRate != null
                || p95Latency != null;
    }
}
