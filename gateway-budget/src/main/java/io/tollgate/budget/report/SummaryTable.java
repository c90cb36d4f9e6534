package io.tollgate.budget.report;

import io.tollgate.budget.rollup.Tally;
import io.tollgate.core.usage.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes the answer to a query of its groups' tallies. */
final class SummaryTable {
    private SummaryTable() {}

    static UsageTable of(UsageQuery query, Map<SummaryKey, Tally> groups) {
        Bucket unit = query.bucket();
        List<UsageSummary> rows = new ArrayList<>();
        Tally total = new Tally();
        for (Map.Entry<SummaryKey, Tally> group : new TreeMap<>(groups).entrySet()) {
            String bucket = unit == null ? null : unit.label(group.getKey().bucket(), query.zone());
            rows.add(summary(group.getKey().values(), bucket, group.getValue()));
            total.add(group.getValue());
        }
        return new UsageTable(query, List.copyOf(rows), summary(List.of(), null, total));
    }

    private static UsageSummary summary(List<@Nullable String> group, @Nullable String bucket, Tally tally) {
        int u = Tally.USAGE;
        return new UsageSummary(
                group,
                bucket,
                tally.sum(Tally.REQUESTS),
                tally.sum(Tally.ATTEMPTS),
                new Usage(
                        tally.sum(u),
                        tally.sum(u + 1),
                        tally.sum(u + 2),
                        tally.sum(u + 3),
                        tally.sum(u + 4),
                        tally.sum(u + 5),
                        tally.sum(u + 6),
                        tally.sum(u + 7),
                        tally.sum(u + 8),
                        tally.sum(u + 9)),
                tally.sum(Tally.COST),
                tally.sum(Tally.BASELINE),
                new TreeMap<>(tally.saved()),
                tally.sum(Tally.UNPRICED),
                tally.sum(Tally.CACHE_HITS),
                tally.sum(Tally.ERRORS),
                tally.sum(Tally.REFUSED),
                tally.sum(Tally.ANSWERED),
                tally.percentile(50),
                tally.percentile(95));
    }
}
