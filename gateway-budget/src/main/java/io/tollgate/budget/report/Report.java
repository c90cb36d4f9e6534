package io.tollgate.budget.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Usage, and what a review says beside it.
 *
 * @param table the period's usage
 * @param before the same of the period before, of the same length; null where nothing is compared
 * @param chargeback whether each row is charged whole cents, which add up to the total's
 * @param untilMillis where the period ends so far: its end, or now
 */
public record Report(UsageTable table, @Nullable UsageTable before, boolean chargeback, long untilMillis) {
    private static final long YEAR = Duration.ofDays(365).toMillis();

    /** Just the usage. */
    public static Report of(UsageTable table) {
        return new Report(table, null, false, table.query().period().to());
    }

    /** What a year costs at the period's pace, nano-dollars; -1 where the period is open or has not begun. */
    public long annualisedNanos() {
        Period period = table.query().period();
        long length = Math.min(period.to(), untilMillis) - period.from();
        if (before == null || length <= 0) {
            return -1;
        }
        return BigDecimal.valueOf(table.total().costNanos())
                .multiply(BigDecimal.valueOf(YEAR))
                .divide(BigDecimal.valueOf(length), 0, RoundingMode.HALF_UP)
                .longValueExact();
    }

    /** What each row's group cost in the period before, nano-dollars; empty where nothing is compared. */
    public List<Long> costsBefore() {
        if (before == null) {
            return List.of();
        }
        Map<List<@Nullable String>, Long> costs = new HashMap<>();
        before.rows().forEach(row -> costs.merge(row.group(), row.costNanos(), Math::addExact));
        return table.rows().stream()
                .map(row -> costs.getOrDefault(row.group(), 0L))
                .toList();
    }

    /** What each row is charged, in cents; empty without a charge. */
    public List<Long> cents() {
        if (!chargeback) {
            return List.of();
        }
        long[] parts =
                Cents.parts(table.rows().stream().map(UsageSummary::costNanos).toList());
        return java.util.Arrays.stream(parts).boxed().toList();
    }
}
