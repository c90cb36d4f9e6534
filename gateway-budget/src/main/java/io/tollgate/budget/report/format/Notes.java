package io.tollgate.budget.report.format;

import io.tollgate.budget.report.Cents;
import io.tollgate.budget.report.Lever;
import io.tollgate.budget.report.Period;
import io.tollgate.budget.report.Report;
import io.tollgate.budget.report.UsageSummary;
import io.tollgate.budget.report.UsageTable;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a report says around its table. */
public final class Notes {
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mmxxx");

    private Notes() {}

    /** The warning that money is missing from the figures, or null when all of it is there. */
    public static @Nullable String warning(UsageTable table) {
        long unpriced = table.total().unpriced();
        return unpriced == 0
                ? null
                : "WARNING: " + Numbers.grouped(unpriced) + " of "
                        + Numbers.grouped(table.total().attempts())
                        + " attempts have no known price; their cost is not in the figures. Give their models a price"
                        + " under models: in the configuration.";
    }

    static String title(UsageTable table) {
        Period period = table.query().period();
        ZoneId zone = table.query().zone();
        return "Usage " + (period.from() == Period.EVER.from() ? "" : "from " + moment(period.from(), zone) + " ")
                + (period.to() == Period.EVER.to() ? "until now" : "to " + moment(period.to(), zone)) + " (" + zone
                + ")";
    }

    static String moment(long millis, ZoneId zone) {
        return Instant.ofEpochMilli(millis).atZone(zone).format(MOMENT);
    }

    /** What a review says beside its table. */
    static List<String> review(Report report) {
        List<String> lines = new ArrayList<>();
        if (report.table().total().attempts() == 0) {
            lines.add("No calls arrived in this period; --from and --to name another.");
        }
        UsageTable before = report.before();
        if (before != null) {
            long now = report.table().total().costNanos();
            long then = before.total().costNanos();
            ZoneId zone = before.query().zone();
            String change = Numbers.change(now, then);
            lines.add("The period before (from "
                    + moment(before.query().period().from(), zone) + " to "
                    + moment(before.query().period().to(), zone) + ") cost " + Numbers.usd(then) + " USD"
                    + (change.isEmpty() ? "" : "; change: " + change) + ".");
            if (report.annualisedNanos() >= 0) {
                lines.add("A year at this pace costs " + Numbers.cents(Cents.total(report.annualisedNanos()))
                        + " USD (365 days).");
            }
        }
        if (report.chargeback()) {
            lines.add("Charged: "
                    + Numbers.cents(Cents.total(report.table().total().costNanos()))
                    + " USD. Charges are whole cents and add up to it (largest remainder).");
        }
        return lines;
    }

    /** What the savings come to and where they come from. */
    static List<String> savings(UsageSummary total) {
        List<String> lines = new ArrayList<>();
        if (total.baselineNanos() > 0) {
            lines.add("Saved " + Numbers.usd(total.savedTotalNanos()) + " of " + Numbers.usd(total.baselineNanos())
                    + " USD (" + Numbers.percent(total.savedTotalNanos(), total.baselineNanos()) + ")"
                    + (total.savedNanos().isEmpty() ? "" : ":"));
            Lever.all(total.savedNanos()).forEach((name, nanos) -> {
                Lever lever = Lever.of(name);
                if (nanos != 0) {
                    lines.add("  " + name + " " + Numbers.usd(nanos)
                            + (lever == null || lever.isEstimate() ? " (estimate)" : ""));
                }
            });
        }
        return lines;
    }
}
