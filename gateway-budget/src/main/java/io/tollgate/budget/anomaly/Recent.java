package io.tollgate.budget.anomaly;

import io.tollgate.budget.alerts.Words;
import io.tollgate.budget.report.UsageSummary;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Usage of the recent time.
 *
 * @param rows by feature, provider and model, in this order
 * @param total all of them
 */
record Recent(List<UsageSummary> rows, UsageSummary total) {
    private static final int FEATURE = 0;
    static final int PROVIDER = 1;
    static final int MODEL = 2;

    /** So much for each answered request. */
    BigDecimal perRequest(long amount) {
        return share(amount, total.answered());
    }

    static BigDecimal share(long part, long whole) {
        return BigDecimal.valueOf(part).divide(BigDecimal.valueOf(whole), 9, RoundingMode.HALF_UP);
    }

    /** The feature and model with the most of something, and how much of it; null where there is none of it. */
    @Nullable
    String mostOf(ToLongFunction<UsageSummary> something) {
        UsageSummary most = null;
        long sum = 0;
        for (UsageSummary row : rows) {
            long amount = something.applyAsLong(row);
            sum += amount;
            if (amount > 0 && (most == null || amount > something.applyAsLong(most))) {
                most = row;
            }
        }
        return most == null
                ? null
                : "The largest part, " + Words.percent(share(something.applyAsLong(most), sum)) + ", comes from "
                        + name(most);
    }

    /** The feature and model with the longest 95th percentile among those with enough requests, or null. */
    @Nullable
    String slowest(long minRequests) {
        UsageSummary slowest = null;
        for (UsageSummary row : rows) {
            if (row.answered() >= minRequests && (slowest == null || row.p95Micros() > slowest.p95Micros())) {
                slowest = row;
            }
        }
        return slowest == null ? null : "The slowest, with " + seconds(slowest.p95Micros()) + ", is " + name(slowest);
    }

    static String seconds(long micros) {
        return BigDecimal.valueOf(micros, 6)
                        .setScale(2, RoundingMode.HALF_UP)
                        .stripTrailingZeros()
                        .toPlainString() + " s";
    }

    private static String name(UsageSummary row) {
        String feature = row.group().get(FEATURE);
        String model = row.group().get(MODEL);
        return (feature == null ? "calls without a feature" : "feature " + Words.name(feature)) + " with "
                + (model == null ? "no model" : "model " + Words.name(model));
    }
}
