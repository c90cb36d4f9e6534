package io.tollgate.budget.report.format;

import io.tollgate.budget.report.UsageSummary;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A figure of a report.
 *
 * @param heading in tables for people; null where it is left out there
 * @param csvName in CSV
 * @param kind what the number counts
 * @param value where it comes from
 */
record Figure(@Nullable String heading, String csvName, Kind kind, ToLongFunction<UsageSummary> value) {
    /** All figures, in their order. */
    static final List<Figure> ALL = List.of(
            new Figure("requests", "requests", Kind.COUNT, UsageSummary::requests),
            new Figure(null, "attempts", Kind.COUNT, UsageSummary::attempts),
            new Figure("input", "input_tokens", Kind.COUNT, row -> row.usage().input()),
            new Figure(
                    "cached",
                    "cache_read_tokens",
                    Kind.COUNT,
                    row -> row.usage().cacheRead()),
            new Figure("cache write", "cache_write_tokens", Kind.COUNT, Figure::cacheWrite),
            new Figure("output", "output_tokens", Kind.COUNT, row -> row.usage().output()),
            new Figure(null, "reasoning_tokens", Kind.COUNT, row -> row.usage().reasoning()),
            new Figure("cost USD", "cost_usd", Kind.USD, UsageSummary::costNanos),
            new Figure(null, "baseline_usd", Kind.USD, UsageSummary::baselineNanos),
            new Figure("saved USD", "saved_usd", Kind.USD, UsageSummary::savedTotalNanos),
            new Figure("unpriced", "unpriced", Kind.COUNT, UsageSummary::unpriced),
            new Figure("errors", "errors", Kind.COUNT, UsageSummary::errors),
            new Figure("refused", "refused", Kind.COUNT, UsageSummary::refused),
            new Figure("cache hits", "cache_hits", Kind.COUNT, UsageSummary::cacheHits),
            new Figure("p50 ms", "p50_ms", Kind.MICROS, UsageSummary::p50Micros),
            new Figure("p95 ms", "p95_ms", Kind.MICROS, UsageSummary::p95Micros));

    /** What the number counts. */
    enum Kind {
        /** Things. */
        COUNT,
        /** Nano-dollars. */
        USD,
        /** Microseconds; -1 when there are none. */
        MICROS
    }

    private static long cacheWrite(UsageSummary row) {
        return row.usage().cacheWrite5m() + row.usage().cacheWrite1h();
    }

    long of(UsageSummary row) {
        return value.applyAsLong(row);
    }
}
