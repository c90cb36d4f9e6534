package io.tollgate.server.config;

import io.tollgate.server.config.yaml.ScalarType;
import io.tollgate.server.config.yaml.ScalarTypes;
import io.tollgate.server.config.yaml.YamlObject;
import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is out of the ordinary. What is null is not watched.
 *
 * @param window what is ordinary is learnt from so much time
 * @param recent and compared with so much time until now
 * @param minRequests answered requests below which a time says nothing
 * @param tokensPerRequest multiple of the ordinary
 * @param costPerRequestNanos nano-dollars
 * @param cacheHitRate lowest ordinary share of hits, 0 to 1
 * @param expensiveModelShare highest ordinary share of calls to expensive models, 0 to 1
 * @param expensiveFromNanos a model is expensive from this price of a million output tokens on, nano-dollars
 * @param errorRate highest ordinary share of errors, 0 to 1
 * @param p95Latency longest ordinary time that 95 % of calls stay below
 */
public record AnomalyConfig(
        Duration window,
        Duration recent,
        long minRequests,
        @Nullable BigDecimal tokensPerRequest,
        @Nullable Long costPerRequestNanos,
        @Nullable BigDecimal cacheHitRate,
        @Nullable BigDecimal expensiveModelShare,
        long expensiveFromNanos,
        @Nullable BigDecimal errorRate,
        @Nullable Duration p95Latency) {
    private static final ScalarType<BigDecimal> SHARE =
            ScalarTypes.FRACTION.where(share -> share.compareTo(BigDecimal.ONE) <= 0, "a percentage up to 100%");

    private static final Duration DEFAULT_RECENT = Duration.ofMinutes(10);

    static AnomalyConfig read(YamlObject yaml) {
        Duration window = yaml.value("window", Notations.POSITIVE_DURATION).orElse(Duration.ofDays(7));
        return new AnomalyConfig(
                window,
                yaml.value("recent", Notations.POSITIVE_DURATION)
                        .must(recent -> recent.compareTo(window) < 0, "less time than window has")
                        .orElse(DEFAULT_RECENT),
                yaml.value("min_requests", Notations.POSITIVE_COUNT).orElse(20L),
                yaml.value("tokens_per_request", ScalarTypes.MULTIPLE)
                        .must(multiple -> multiple.compareTo(BigDecimal.ONE) > 0, "a multiple above 1, such as 2x")
                        .orNull(),
                yaml.value("cost_per_request_usd", ScalarTypes.USD).orNull(),
                yaml.value("cache_hit_rate", SHARE).orNull(),
                yaml.value("expensive_model_share", SHARE).orNull(),
                yaml.value("expensive_from_usd", ScalarTypes.USD).orElse(10_000_000_000L),
                yaml.value("error_rate", SHARE).orNull(),
                yaml.value("p95_latency", Notations.POSITIVE_DURATION).orNull());
    }

    /** Whether any of the watches is on. */
    public boolean watchesAnything() {
        return tokensPerRequest != null
                || costPerRequestNanos != null
                || cacheHitRate != null
                || expensiveModelShare != null
                || errorRate != null
                || p95Latency != null;
    }
}
