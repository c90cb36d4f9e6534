package io.tollgate.budget.anomaly;

import io.tollgate.budget.alerts.Words;
import io.tollgate.budget.report.UsageSummary;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Holds the rules against the recent usage. */
final class Findings {
    static final String TOKENS = "tokens_per_request";

    private final AnomalyRules rules;
    private final Recent recent;
    private final List<Finding> found = new ArrayList<>();

    private Findings(AnomalyRules rules, Recent recent) {
        this.rules = rules;
        this.recent = recent;
    }

    /**
     * The figures of the rules that have one; {@code recent} has enough requests.
     *
     * @param before usage of the window before, or null where it has too few requests to be ordinary
     */
    static List<Finding> of(AnomalyRules rules, Recent recent, @Nullable UsageSummary before, Instant now) {
        Findings findings = new Findings(rules, recent);
        if (before != null) {
            findings.tokens(before);
        }
        findings.cost();
        findings.cacheHits();
        findings.expensive(now);
        findings.errors();
        findings.latency();
        return findings.found;
    }

    private void tokens(UsageSummary before) {
        BigDecimal multiple = rules.tokensPerRequest();
        BigDecimal ordinary = Recent.share(before.usage().total(), before.answered());
        if (multiple != null && ordinary.signum() > 0) {
            BigDecimal value = recent.perRequest(recent.total().usage().total());
            found.add(new Finding(
                    TOKENS,
                    "Tokens per request",
                    value,
                    ordinary.multiply(multiple),
                    false,
                    whole(value),
                    multiple.stripTrailingZeros().toPlainString() + " times the " + whole(ordinary) + " of the "
                            + text(rules.window()) + " before",
                    recent.mostOf(row -> row.usage().total())));
        }
    }

    private static String whole(BigDecimal value) {
        return Words.count(value.setScale(0, RoundingMode.HALF_UP).longValueExact());
    }

    private void cost() {
        Long limit = rules.costPerRequestNanos();
        if (limit != null) {
            BigDecimal value = recent.perRequest(recent.total().costNanos());
            found.add(new Finding(
                    "cost_per_request_usd",
                    "Cost per request",
                    value,
                    BigDecimal.valueOf(limit),
                    false,
                    Words.usd(value.setScale(0, RoundingMode.HALF_UP).longValueExact()),
                    "the limit of " + Words.usd(limit),
                    recent.mostOf(UsageSummary::costNanos)));
        }
    }

    private void cacheHits() {
        share(
                rules.cacheHitRate(),
                true,
                "cache_hit_rate",
                "Cache hit rate",
                recent.total().cacheHits(),
                recent.total().answered(),
                "of misses",
                recent.mostOf(row -> row.answered() - row.cacheHits()));
    }

    private void expensive(Instant now) {
        long calls = 0;
        long expensive = 0;
        for (UsageSummary row : recent.rows()) {
            calls += row.group().get(Recent.MODEL) == null ? 0 : row.answered();
            expensive += isExpensive(row, now) ? row.answered() : 0;
        }
        if (calls >= rules.minRequests()) {
            share(
                    rules.expensiveModelShare(),
                    false,
                    "expensive_model_share",
                    "Share of expensive models",
                    expensive,
                    calls,
                    "of them",
                    recent.mostOf(row -> isExpensive(row, now) ? row.answered() : 0));
        }
    }

    private boolean isExpensive(UsageSummary row, Instant now) {
        String provider = row.group().get(Recent.PROVIDER);
        String model = row.group().get(Recent.MODEL);
        return provider != null && model != null && rules.expensive().contain(provider, model, now);
    }

    private void errors() {
        share(
                rules.errorRate(),
                false,
                "error_rate",
                "Error rate",
                recent.total().errors(),
                recent.total().answered(),
                "of them",
                recent.mostOf(UsageSummary::errors));
    }

    private void share(
            @Nullable BigDecimal limit,
            boolean isFloor,
            String rule,
            String what,
            long part,
            long whole,
            String ofWhat,
            @Nullable String mostly) {
        if (limit != null) {
            BigDecimal value = Recent.share(part, whole);
            found.add(new Finding(
                    rule,
                    what,
                    value,
                    limit,
                    isFloor,
                    Words.percent(value),
                    "the limit of " + Words.percent(limit),
                    mostly == null ? null : mostly.replaceFirst("part, ", "part " + ofWhat + ", ")));
        }
    }

    private void latency() {
        Duration limit = rules.p95Latency();
        if (limit != null && recent.total().p95Micros() >= 0) {
            found.add(new Finding(
                    "p95_latency",
                    "The 95th percentile of latency",
                    BigDecimal.valueOf(recent.total().p95Micros()),
                    BigDecimal.valueOf(limit.toNanos() / 1_000),
                    false,
                    Recent.seconds(recent.total().p95Micros()),
                    "the limit of " + Recent.seconds(limit.toNanos() / 1_000),
                    recent.slowest(rules.minRequests())));
        }
    }

    /** {@code 7 days}, {@code 10 minutes}; in the largest unit it is whole in. */
    static String text(Duration duration) {
        long seconds = Math.max(1, duration.toSeconds());
        return seconds % 86_400 == 0
                ? counted(seconds / 86_400, "day")
                : seconds % 3_600 == 0
                        ? counted(seconds / 3_600, "hour")
                        : seconds % 60 == 0 ? counted(seconds / 60, "minute") : counted(seconds, "second");
    }

    private static String counted(long count, String unit) {
        return count == 1 ? unit : count + " " + unit + "s";
    }
}
