package io.tollgate.server.serve;

import io.tollgate.budget.limits.Rate;
import io.tollgate.budget.limits.RateLimitRule;
import io.tollgate.budget.runs.RunLimitRule;
import io.tollgate.server.config.Config;
import io.tollgate.server.config.RateLimitConfig;
import io.tollgate.server.config.RunLimitConfig;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The configuration's rate and run limits as the limiters take them. */
final class LimitRules {
    private static final int NONE = -1;

    private LimitRules() {}

    static List<RateLimitRule> rates(Config config) {
        return config.rateLimits().stream().map(LimitRules::rule).toList();
    }

    static List<RunLimitRule> runs(Config config) {
        return config.runLimits().stream().map(LimitRules::rule).toList();
    }

    private static RateLimitRule rule(RateLimitConfig limit) {
        return new RateLimitRule(
                limit.name(),
                limit.match().globs(),
                limit.each(),
                rate(limit.requests()),
                rate(limit.tokens()),
                orNone(limit.concurrent()));
    }

    private static @Nullable Rate rate(io.tollgate.server.config.yaml.@Nullable Rate configured) {
        return configured == null ? null : Rate.of(configured.amount(), configured.per());
    }

    private static RunLimitRule rule(RunLimitConfig limit) {
        return new RunLimitRule(
                limit.name(),
                limit.match().globs(),
                orNone(limit.steps()),
                orNone(limit.toolCalls()),
                orNone(limit.usdNanos()),
                orNone(limit.tokens()),
                orNone(limit.repeatedToolCall()),
                orNone(limit.failures()));
    }

    private static int orNone(@Nullable Integer limit) {
        return limit == null ? NONE : limit;
    }

    private static long orNone(@Nullable Long limit) {
        return limit == null ? NONE : limit;
    }
}
