package io.tollgate.server.serve;

import io.tollgate.routing.RoutingTerms;
import io.tollgate.routing.cap.LearnedCaps;
import io.tollgate.routing.cap.OutputPolicy;
import io.tollgate.routing.complexity.ComplexityClassifier;
import io.tollgate.routing.complexity.LearnedClassifier;
import io.tollgate.routing.complexity.RulesClassifier;
import io.tollgate.routing.complexity.TaskClassifier;
import io.tollgate.routing.earlystop.EarlyStopTerms;
import io.tollgate.routing.fallback.FallbackTerms;
import io.tollgate.routing.fallback.HedgeTerms;
import io.tollgate.routing.shaping.Levers;
import io.tollgate.routing.shaping.ShapingTerms;
import io.tollgate.routing.shaping.history.HistoryLimit;
import io.tollgate.routing.shaping.summary.SummaryTerms;
import io.tollgate.routing.shaping.text.Strategy;
import io.tollgate.routing.table.Conditions;
import io.tollgate.routing.table.DailyHours;
import io.tollgate.routing.table.RouteRule;
import io.tollgate.server.config.Config;
import io.tollgate.server.config.HedgeConfig;
import io.tollgate.server.config.Match;
import io.tollgate.server.config.OutputConfig;
import io.tollgate.server.config.RetryConfig;
import io.tollgate.server.config.RoutingRule;
import io.tollgate.server.config.ShapingConfig;
import io.tollgate.server.config.TimeRange;
import io.tollgate.server.config.TokenRange;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The configuration's routing and output caps as the steps take them. */
final class RoutingRules {
    private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);
    private static final TokenRange ANY = new TokenRange(0, Long.MAX_VALUE);

    private RoutingRules() {}

    static RoutingTerms of(Config config) {
        return new RoutingTerms(
                config.routing().stream()
                        .map(rule -> rule(rule, config.timezone()))
                        .toList(),
                classifier(config),
                caps(config.output()),
                earlyStop(config.output().stopEarly()),
                config.shaping().promptCache(),
                fallbacks(config));
    }

    private static FallbackTerms fallbacks(Config config) {
        RetryConfig retries = config.retries();
        return new FallbackTerms(
                config.fallbacks(),
                retries.attempts(),
                retries.backoff(),
                retries.maxBackoff(),
                retries.budget().doubleValue(),
                hedge(retries.hedge()));
    }

    private static HedgeTerms hedge(HedgeConfig hedge) {
        return new HedgeTerms(
                hedge.enabled(),
                hedge.quantile().doubleValue(),
                hedge.minSamples(),
                hedge.maxShare().doubleValue());
    }

    /** Weights are only read where a rule asks how hard a request is. */
    private static ComplexityClassifier classifier(Config config) {
        boolean asked = config.routing().stream().anyMatch(rule -> rule.when().complexity() != null);
        return new TaskClassifier(asked ? LearnedClassifier.shipped() : new RulesClassifier());
    }

    private static RouteRule rule(RoutingRule rule, ZoneId zone) {
        RoutingRule.When when = rule.when();
        TokenRange tokens = when.tokens() == null ? ANY : when.tokens();
        Boolean simple = when.complexity() == null ? null : when.complexity() == RoutingRule.Complexity.SIMPLE;
        return new RouteRule(
                rule.name(),
                new Conditions(when.match().globs(), simple, tokens.min(), tokens.max(), hours(when.time(), zone)),
                rule.use(),
                rule.share().multiply(MILLION).intValue(),
                rule.spread() != null);
    }

    private static @Nullable DailyHours hours(@Nullable TimeRange time, ZoneId zone) {
        return time == null ? null : new DailyHours(time.from(), time.to(), zone);
    }

    private static OutputPolicy caps(OutputConfig output) {
        return new OutputPolicy(
                output.defaultCap() == null ? -1 : output.defaultCap(),
                output.byTask(),
                output.learn().enabled(),
                output.learn().factor().doubleValue(),
                output.retryTruncated());
    }

    private static EarlyStopTerms earlyStop(OutputConfig.StopEarly stop) {
        return new EarlyStopTerms(Set.copyOf(stop.json()), stop.repetition());
    }

    static ShapingTerms shaping(ShapingConfig shaping) {
        return new ShapingTerms(
                shaping.rules().stream()
                        .map(rule -> new ShapingTerms.Rule(calls(rule.match()), levers(rule.levers())))
                        .toList(),
                levers(shaping.all()));
    }

    private static Conditions calls(Match match) {
        return new Conditions(match.globs(), null, 0, Long.MAX_VALUE, null);
    }

    private static Levers levers(ShapingConfig.Levers levers) {
        ShapingConfig.History history = levers.history();
        ShapingConfig.Truncate truncate = levers.truncate();
        return new Levers(
                history == null
                        ? HistoryLimit.NONE
                        : new HistoryLimit(
                                Objects.requireNonNullElse(history.maxTurns(), Integer.MAX_VALUE),
                                Objects.requireNonNullElse(history.maxTokens(), Long.MAX_VALUE),
                                history.step()),
                truncate == null ? Long.MAX_VALUE : truncate.maxInputTokens(),
                truncate == null ? Strategy.RELEVANT : truncate.strategy(),
                levers.trim(),
                Set.copyOf(levers.jsonTasks()),
                history == null ? null : summary(history.summary()));
    }

    private static @Nullable SummaryTerms summary(ShapingConfig.@Nullable Summary summary) {
        return summary == null ? null : new SummaryTerms(summary.model(), summary.maxTokens());
    }

    static LearnedCaps learned(Config config) {
        OutputConfig.Learn learn = config.output().learn();
        return new LearnedCaps(
                learn.quantile().doubleValue(),
                learn.minSamples(),
                learn.maxTruncated().doubleValue());
    }
}
