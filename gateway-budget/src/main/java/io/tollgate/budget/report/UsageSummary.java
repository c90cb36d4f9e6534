package io.tollgate.budget.report;

import io.tollgate.core.usage.Usage;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The sum of some of the ledger's rows. All counts and money add up exactly over the groups of a query; money is
 * nano-dollars.
 *
 * @param group the values the rows share, in the order of the query's dimensions; null where a row has none
 * @param bucket the first day, hour or month of the unit of time, or null
 * @param requests requests, each counted where its last attempt stands
 * @param attempts rows
 * @param usage tokens of all attempts
 * @param costNanos of all attempts whose price is known
 * @param baselineNanos what they would have cost unoptimised: cost plus savings
 * @param savedNanos by lever
 * @param unpriced attempts whose price is unknown and that {@code costNanos} therefore lacks
 * @param cacheHits requests answered from the cache, exactly, by meaning, or with another's answer
 * @param errors requests that failed: a status from 400, an upstream that broke, or a time-out
 * @param refused requests that Tollgate refused
 * @param answered requests that were not refused, whose latency counts
 * @param p50Micros median time to the end of an answered request, to within 1.6 %; -1 without one
 * @param p95Micros its 95th percentile (nearest rank, as {@link io.tollgate.budget.rollup.LatencyScale} shows it)
 */
public record UsageSummary(
        List<@Nullable String> group,
        @Nullable String bucket,
        long requests,
        long attempts,
        Usage usage,
        long costNanos,
        long baselineNanos,
        Map<String, Long> savedNanos,
        long unpriced,
        long cacheHits,
        long errors,
        long refused,
        long answered,
        long p50Micros,
        long p95Micros) {

    /** Nothing at all. */
    static final UsageSummary NOTHING =
            new UsageSummary(List.of(), null, 0, 0, Usage.ZERO, 0, 0, Map.of(), 0, 0, 0, 0, 0, -1, -1);

    /** What all levers saved together. */
    public long savedTotalNanos() {
        return baselineNanos - costNanos;
    }

    /** Both together; latencies do not add up and are left out. */
    UsageSummary plus(UsageSummary other) {
        Map<String, Long> saved = new TreeMap<>(savedNanos);
        other.savedNanos.forEach((lever, nanos) -> saved.merge(lever, nanos, Math::addExact));
        return new UsageSummary(
                List.of(),
                null,
                requests + other.requests,
                attempts + other.attempts,
                usage.plus(other.usage),
                Math.addExact(costNanos, other.costNanos),
                Math.addExact(baselineNanos, other.baselineNanos),
                saved,
                unpriced + other.unpriced,
                cacheHits + other.cacheHits,
                errors + other.errors,
                refused + other.refused,
                answered + other.answered,
                -1,
                -1);
    }

    UsageSummary withLatency(long p50, long p95) {
        return new UsageSummary(
                group,
                bucket,
                requests,
                attempts,
                usage,
                costNanos,
                baselineNanos,
                savedNanos,
                unpriced,
                cacheHits,
                errors,
                refused,
                answered,
                p50,
                p95);
    }

    UsageSummary withSaved(Map<String, Long> byLever) {
        return new UsageSummary(
                group,
                bucket,
                requests,
                attempts,
                usage,
                costNanos,
                baselineNanos,
                byLever,
                unpriced,
                cacheHits,
                errors,
                refused,
                answered,
                p50Micros,
                p95Micros);
    }
}
