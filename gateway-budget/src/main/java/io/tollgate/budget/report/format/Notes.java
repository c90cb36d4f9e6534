package io.tollgate.budget.report.format;

import io.tollgate.budget.report.Period;
import io.tollgate.budget.report.UsageSummary;
import io.tollgate.budget.report.UsageTable;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

    private static String moment(long millis, ZoneId zone) {
        return Instant.ofEpochMilli(millis).atZone(zone).format(MOMENT);
    }

    /** What the savings come to and where they come from. */
    static List<String> savings(UsageSummary total) {
        List<String> lines = new ArrayList<>();
        if (total.baselineNanos() > 0) {
            lines.add("Saved " + Numbers.usd(total.savedTotalNanos()) + " of " + Numbers.usd(total.baselineNanos())
                    + " USD (" + Numbers.percent(total.savedTotalNanos(), total.baselineNanos()) + ")"
                    + (total.savedNanos().isEmpty() ? "" : ":"));
            for (Map.Entry<String, Long> lever : total.savedNanos().entrySet()) {
                lines.add("  " + lever.getKey() + " " + Numbers.usd(lever.getValue()));
            }
        }
        return lines;
    }
}
