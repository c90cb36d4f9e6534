package io.tollgate.server.config;

import io.tollgate.server.config.yaml.ScalarTypes;
import io.tollgate.server.config.yaml.YamlObject;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What some calls may cost in a period.
 *
 * @param each one account per distinct value of these tags; empty for one account in all
 * @param period after which spending starts at zero again, in the configured time zone
 * @param steps what happens at which share of the limit, lowest first; without a block step the budget only watches
 */
public record BudgetConfig(String name, Match match, List<String> each, Period period, Limit limit, List<Step> steps) {

    /** A calendar period in the configured time zone. */
    public enum Period {
        /** Clock hours. */
        HOUR,
        /** Days. */
        DAY,
        /** Weeks, from Monday. */
        WEEK,
        /** Calendar months. */
        MONTH,
        /** For ever. */
        TOTAL
    }

    /** What a step does. */
    public enum Action {
        /** Sends an alert. */
        NOTIFY,
        /** Sends calls to cheaper models. */
        DOWNGRADE,
        /** Lowers the cap on output tokens. */
        SHRINK_OUTPUT,
        /** Serves cache hits and refuses misses. */
        CACHE_ONLY,
        /** Refuses. */
        BLOCK
    }

    /** How loud a notification is. */
    public enum Level {
        /** Worth knowing. */
        INFO,
        /** Worth a look. */
        WARNING,
        /** Needs someone. */
        CRITICAL
    }

    /**
     * The limit; at least one of the two is set.
     *
     * @param usdNanos nano-dollars, or null for no limit on money
     * @param tokens input and output together, or null for no limit on tokens
     */
    public record Limit(@Nullable Long usdNanos, @Nullable Long tokens) {}

    /**
     * A rung of the ladder.
     *
     * @param at share of the limit, 1 being all of it
     * @param level of a notification; {@link Level#WARNING} where none was given
     */
    public record Step(BigDecimal at, Action action, Level level) {
        private static final BigDecimal HIGHEST = BigDecimal.TEN;

        static Step read(YamlObject yaml) {
            Action action = yaml.value("do", ScalarTypes.oneOf(Action.class)).required();
            if (action != Action.NOTIFY && yaml.has("level")) {
                yaml.problem("level", "has no meaning here, expected it with do: notify only");
            }
            return new Step(
                    yaml.value("at", ScalarTypes.FRACTION)
                            .must(
                                    at -> at.signum() > 0 && at.compareTo(HIGHEST) <= 0,
                                    "a percentage above 0% and up to 1000%")
                            .required(),
                    action,
                    yaml.value("level", ScalarTypes.oneOf(Level.class)).orElse(Level.WARNING));
        }
    }

    static BudgetConfig read(YamlObject yaml, Dimensions dimensions) {
        YamlObject limitYaml = yaml.object("limit");
        Limit limit = new Limit(
                limitYaml.value("usd", ScalarTypes.USD).orNull(),
                limitYaml.value("tokens", ScalarTypes.COUNT).orNull());
        if (!limitYaml.has("usd") && !limitYaml.has("tokens")) {
            yaml.problem("limit", "sets no limit, expected usd, tokens or both, such as {usd: 500, tokens: 100M}");
        }
        return new BudgetConfig(
                yaml.value("name", Notations.NAME).required(),
                Match.read(yaml.object("match"), dimensions),
                dimensions.each(yaml),
                yaml.value("period", ScalarTypes.oneOf(Period.class)).required(),
                limit,
                steps(yaml.objects("steps")));
    }

    private static List<Step> steps(List<YamlObject> list) {
        List<Step> steps = new ArrayList<>();
        Set<Step> seen = new HashSet<>();
        for (YamlObject yaml : list) {
            Step step = Step.read(yaml);
            if (step.at().signum() > 0 && !seen.add(step)) {
                yaml.problem("is given twice, expected it once");
            }
            steps.add(step);
        }
        steps.stream()
                .filter(step -> step.action() == Action.BLOCK)
                .map(Step::at)
                .min(BigDecimal::compareTo)
                .ifPresent(block -> checkReachable(list, steps, block));
        steps.sort((a, b) -> a.at().compareTo(b.at()));
        return List.copyOf(steps);
    }

    private static void checkReachable(List<YamlObject> list, List<Step> steps, BigDecimal block) {
        String blockedAt = percent(block);
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            if (step.action() == Action.BLOCK && step.at().compareTo(BigDecimal.ONE) > 0) {
                list.get(i).problem("at", "blocks above the limit, expected 100% or less; for more, raise the limit");
            } else if (step.at().compareTo(block) > 0) {
                list.get(i)
                        .problem(
                                "at",
                                "is never reached, for a step blocks at " + blockedAt + "; expected " + blockedAt
                                        + " or less");
            }
        }
    }

    private static String percent(BigDecimal share) {
        return share.movePointRight(2).stripTrailingZeros().toPlainString() + "%";
    }
}
