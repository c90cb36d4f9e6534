package io.tollgate.budget.report.format;

import io.tollgate.budget.report.UsageSummary;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** The figures of a report, in their order. */
enum Figure {
    REQUESTS("requests", "requests", Kind.COUNT, UsageSummary::requests),
    ATTEMPTS(null, "attempts", Kind.COUNT, UsageSummary::attempts),
    INPUT("input", "input_tokens", Kind.COUNT, row -> row.usage().input()),
    CACHED("cached", "cache_read_tokens", Kind.COUNT, row -> row.usage().cacheRead()),
    WRITTEN(
            "cache write",
            "cache_write_tokens",
            Kind.COUNT,
            row -> row.usage().cacheWrite5m() + row.usage().cacheWrite1h()),
    OUTPUT("output", "output_tokens", Kind.COUNT, row -> row.usage().output()),
    REASONING(null, "reasoning_tokens", Kind.COUNT, row -> row.usage().reasoning()),
    COST("cost USD", "cost_usd", Kind.USD, UsageSummary::costNanos),
    BASELINE(null, "baseline_usd", Kind.USD, UsageSummary::baselineNanos),
    SAVED("saved USD", "saved_usd", Kind.USD, UsageSummary::savedTotalNanos),
    UNPRICED("unpriced", "unpriced", Kind.COUNT, UsageSummary::unpriced),
    ERRORS("errors", "errors", Kind.COUNT, UsageSummary::errors),
    REFUSED("refused", "refused", Kind.COUNT, UsageSummary::refused),
    CACHE_HITS("cache hits", "cache_hits", Kind.COUNT, UsageSummary::cacheHits),
    P50("p50 ms", "p50_ms", Kind.MICROS, UsageSummary::p50Micros),
    P95("p95 ms", "p95_ms", Kind.MICROS, UsageSummary::p95Micros);

    /** What the number counts. */
    enum Kind {
        /** Things. */
        COUNT,
        /** Nano-dollars. */
        USD,
        /** Microseconds; -1 when there are none. */
        MICROS
    }

    private final @Nullable String heading;
    private final String csvName;
    private final Kind kind;
    private final ToLongFunction<UsageSummary> value;

    Figure(@Nullable String heading, String csvName, Kind kind, ToLongFunction<UsageSummary> value) {
        this.heading = heading;
        this.csvName = csvName;
        this.kind = kind;
        this.value = value;
    }

    /** In tables for people; null where it is left out there. */
    @Nullable
    String heading() {
        return heading;
    }

    String csvName() {
        return csvName;
    }

    Kind kind() {
        return kind;
    }

    long of(UsageSummary row) {
        return value.applyAsLong(row);
    }
}
