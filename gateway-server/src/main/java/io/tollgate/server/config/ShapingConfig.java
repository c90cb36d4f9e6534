package io.tollgate.server.config;

import io.tollgate.routing.shaping.text.Strategy;
import io.tollgate.server.config.yaml.ScalarTypes;
import io.tollgate.server.config.yaml.YamlObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How prompts are made cheaper.
 *
 * @param promptCache whether the provider's prefix caching is made use of
 * @param all what is done to the prompts no rule matches
 * @param rules what is done to some calls' prompts; the first that matches decides
 */
public record ShapingConfig(boolean promptCache, Levers all, List<Rule> rules) {
    /**
     * What is done to a prompt; null for nothing.
     *
     * @param jsonTasks values of the tag {@code task} for which the model's JSON mode is switched on
     */
    public record Levers(
            @Nullable History history, @Nullable Truncate truncate, boolean trim, List<String> jsonTasks) {}

    /**
     * How much of a conversation is sent. At least one of the limits is set.
     *
     * @param maxTurns latest turns, or null
     * @param maxTokens of its turns, or null
     * @param step how many turns go at a time
     * @param summary what stands for those that go, or null
     */
    public record History(
            @Nullable Integer maxTurns,
            @Nullable Long maxTokens,
            int step,
            @Nullable Summary summary) {}

    /** The model that sums up turns that are left out, and how long its summary may get. */
    public record Summary(String model, int maxTokens) {}

    /** Prompt length from which it is shortened, and how. */
    public record Truncate(long maxInputTokens, Strategy strategy) {}

    /** What is done to some calls' prompts. */
    public record Rule(Match match, Levers levers) {}

    /** Turns that go at a time where they are summed up: one summary serves about so many calls. */
    private static final int SUMMARY_STEP = 10;

    private static final int SUMMARY_TOKENS = 300;
    private static final Levers NONE = new Levers(null, null, false, List.of());

    static ShapingConfig read(YamlObject yaml, Dimensions dimensions) {
        Levers all = levers(yaml, NONE);
        List<Rule> rules = new ArrayList<>();
        for (YamlObject rule : yaml.objects("rules")) {
            rules.add(new Rule(Match.read(rule.object("match"), dimensions), levers(rule, all)));
        }
        return new ShapingConfig(yaml.object("prompt_cache").bool("enabled").orElse(false), all, List.copyOf(rules));
    }

    private static Levers levers(YamlObject yaml, Levers otherwise) {
        return new Levers(
                yaml.has("history") ? history(yaml.object("history")) : otherwise.history(),
                yaml.has("truncate") ? truncate(yaml.object("truncate")) : otherwise.truncate(),
                yaml.has("trim") ? yaml.object("trim").bool("enabled").orElse(true) : otherwise.trim(),
                yaml.has("json_mode") ? jsonTasks(yaml.object("json_mode")) : otherwise.jsonTasks());
    }

    private static List<String> jsonTasks(YamlObject yaml) {
        boolean enabled = yaml.bool("enabled").orElse(true);
        List<String> tasks = yaml.has("tasks") ? yaml.atLeastOne("tasks", ScalarTypes.STRING) : List.of("extract");
        return enabled ? tasks : List.of();
    }

    private static @Nullable History history(YamlObject yaml) {
        boolean enabled = yaml.bool("enabled").orElse(true);
        Integer turns =
                yaml.value("max_turns", ScalarTypes.integer(1, 1_000_000)).orNull();
        Long tokens = yaml.value("max_tokens", Notations.POSITIVE_COUNT).orNull();
        Summary summary = yaml.has("summary") ? summary(yaml.object("summary")) : null;
        int step = yaml.value("step", ScalarTypes.integer(1, 1_000_000)).orElse(summary == null ? 1 : SUMMARY_STEP);
        if (enabled && !yaml.has("max_turns") && !yaml.has("max_tokens")) {
            yaml.problem("sets no limit, expected max_turns or max_tokens");
        }
        return enabled ? new History(turns, tokens, step, summary) : null;
    }

    private static @Nullable Summary summary(YamlObject yaml) {
        boolean enabled = yaml.bool("enabled").orElse(true);
        String model = yaml.value("model", Notations.MODEL).orNull();
        int most = yaml.value("max_tokens", ScalarTypes.integer(16, 8_192)).orElse(SUMMARY_TOKENS);
        if (enabled && !yaml.has("model")) {
            yaml.problem("model", "is missing; expected " + Notations.MODEL.expected());
        }
        return enabled && model != null ? new Summary(model, most) : null;
    }

    private static @Nullable Truncate truncate(YamlObject yaml) {
        boolean enabled = yaml.bool("enabled").orElse(true);
        Long most = yaml.value("max_input_tokens", Notations.POSITIVE_COUNT).orNull();
        Strategy strategy =
                yaml.value("strategy", ScalarTypes.oneOf(Strategy.class)).orElse(Strategy.RELEVANT);
        if (enabled && !yaml.has("max_input_tokens")) {
            yaml.problem("max_input_tokens", "is missing; expected " + Notations.POSITIVE_COUNT.expected());
        }
        return enabled && most != null ? new Truncate(most, strategy) : null;
    }
}
