package io.tollgate.server.config;

import io.tollgate.server.config.yaml.ScalarTypes;
import io.tollgate.server.config.yaml.YamlObject;
import org.jspecify.annotations.Nullable;

/**
 * How prompts are made cheaper.
 *
 * @param promptCache whether the provider's prefix caching is made use of
 * @param maxTurns latest turns of a conversation that are sent, or null for all
 * @param maxInputTokens prompt length from which it is shortened, or null for never
 * @param strategy how a prompt that is too long is shortened
 */
public record ShapingConfig(
        boolean promptCache,
        @Nullable Integer maxTurns,
        @Nullable Long maxInputTokens,
        Strategy strategy) {
    /** How a prompt that is too long is shortened. */
    public enum Strategy {
        /** By position: at its start. */
        START,
        /** By position: at its end. */
        END,
        /** By position: in its middle. */
        MIDDLE,
        /** By whole paragraphs. */
        PARAGRAPHS,
        /** By what matters least for the question. */
        RELEVANT
    }

    static ShapingConfig read(YamlObject yaml) {
        YamlObject truncate = yaml.object("truncate");
        if (truncate.has("strategy") && !truncate.has("max_input_tokens")) {
            truncate.problem("max_input_tokens", "is missing; expected " + Notations.POSITIVE_COUNT.expected());
        }
        return new ShapingConfig(
                yaml.object("prompt_cache").bool("enabled").orElse(false),
                yaml.object("history")
                        .value("max_turns", ScalarTypes.integer(1, 1_000_000))
                        .orNull(),
                truncate.value("max_input_tokens", Notations.POSITIVE_COUNT).orNull(),
                truncate.value("strategy", ScalarTypes.oneOf(Strategy.class)).orElse(Strategy.RELEVANT));
    }
}
