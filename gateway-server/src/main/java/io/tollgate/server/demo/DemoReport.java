package io.tollgate.server.demo;

import io.tollgate.budget.report.Dimension;
import io.tollgate.budget.report.LedgerReader;
import io.tollgate.budget.report.Lever;
import io.tollgate.budget.report.Period;
import io.tollgate.budget.report.UsageQuery;
import io.tollgate.budget.report.UsageSummary;
import io.tollgate.budget.report.UsageTable;
import io.tollgate.budget.usagelog.StoreException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a demo's traffic cost and what was saved, for somebody who has never heard of Tollgate. */
final class DemoReport {
    private final StringBuilder out = new StringBuilder();

    private DemoReport() {}

    /** Of the calls since then. */
    static String of(Path data, Instant since) throws StoreException {
        Period period = new Period(since.toEpochMilli(), Period.EVER.to());
        UsageTable table = new LedgerReader(data)
                .usage(new UsageQuery(period, Map.of(), Dimension.list("team,feature"), null, ZoneOffset.UTC));
        DemoReport report = new DemoReport();
        report.savings(table.total());
        report.features(table.rows());
        return report.out.toString();
    }

    private void savings(UsageSummary total) {
        say("What these " + total.requests() + " calls cost, and what was saved:");
        say("");
        step("They would have cost, each sent as it was asked", usd(total.baselineNanos()), "");
        for (Lever lever : Lever.values()) {
            long saved = total.savedNanos().getOrDefault(lever.wireName(), 0L);
            if (saved != 0) {
                step("  " + what(lever), signed(-saved), lever.isEstimate() ? "(an estimate)" : "");
            }
        }
        step("They did cost", usd(total.costNanos()), percent(total) + " less");
        say("");
        if (total.unpriced() > 0) {
            say("  " + total.unpriced() + " calls have no known price and are not in these figures.");
        }
        say("  " + total.cacheHits() + " answers were not bought but came from the cache. " + total.errors()
                + " call failed: the provider's error reached the");
        say("  caller as it was, and is not charged. Answers are simulated, prices are the providers' own.");
    }

    private static String what(Lever lever) {
        return switch (lever) {
            case CACHE -> "asked before: the kept answer was given again";
            case COALESCING -> "asked twice at one moment: bought once";
            case ROUTING -> "a simple question: a smaller model answered";
            case OUTPUT_CAP -> "answers kept from growing too long";
            case PROMPT_CACHE -> "the provider remembered a long instruction";
            case HISTORY, TRUNCATION, TRIMMING, EARLY_STOP -> lever.title();
        };
    }

    private void features(List<UsageSummary> rows) {
        say("");
        say("Who spent it, by team and feature, the dearest first:");
        say("");
        row("team", "feature", "calls", "cost", "saved");
        rows.stream()
                .sorted(Comparator.comparingLong(UsageSummary::costNanos).reversed())
                .forEach(row -> row(
                        row.group().get(0),
                        row.group().get(1),
                        Long.toString(row.requests()),
                        usd(row.costNanos()),
                        row.savedTotalNanos() == 0 ? "" : usd(row.savedTotalNanos())));
    }

    private void step(String what, String usd, String note) {
        say(String.format(Locale.ROOT, "  %-50s %12s  %s", what, usd, note));
    }

    private void row(@Nullable String team, @Nullable String feature, String calls, String cost, String saved) {
        say(String.format(Locale.ROOT, "  %-10s %-14s %6s %12s %12s", team, feature, calls, cost, saved));
    }

    private void say(String line) {
        out.append(line.stripTrailing()).append('\n');
    }

    private static String percent(UsageSummary total) {
        return total.baselineNanos() <= 0
                ? "0 %"
                : Math.round(100.0 * total.savedTotalNanos() / total.baselineNanos()) + " %";
    }

    private static String signed(long nanos) {
        return (nanos < 0 ? "- " : "+ ") + usd(Math.abs(nanos));
    }

    /** To a thousandth of a cent: the calls of a demo are few. */
    private static String usd(long nanos) {
        return nanos > 0 && nanos < 5_000
                ? "< $0.00001"
                : "$"
                        + BigDecimal.valueOf(nanos, 9)
                                .setScale(5, RoundingMode.HALF_UP)
                                .toPlainString();
    }
}
