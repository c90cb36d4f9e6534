package io.tollgate.server.config;

import io.tollgate.server.config.yaml.ScalarType;
import io.tollgate.server.config.yaml.ScalarTypes;
import io.tollgate.server.config.yaml.YamlObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one agent run (one {@code x-tollgate-session}) may use. At least one limit is set; null sets none.
 *
 * @param steps calls to a model; one more is refused
 * @param toolCalls tool calls the model may make
 * @param usdNanos nano-dollars; used up when reached
 * @param tokens input and output together; used up when reached
 * @param repeatedToolCall so many of the same tool call with the same arguments, in a row or in turn, end the run
 * @param failures so many calls that failed in a row end the run
 */
public record RunLimitConfig(
        String name,
        Match match,
        @Nullable Integer steps,
        @Nullable Integer toolCalls,
        @Nullable Long usdNanos,
        @Nullable Long tokens,
        @Nullable Integer repeatedToolCall,
        @Nullable Integer failures) {
    private static final List<String> LIMITS =
            List.of("steps", "tool_calls", "usd", "tokens", "repeated_tool_call", "failures");
    private static final ScalarType<Integer> TIMES = ScalarTypes.integer(1, Integer.MAX_VALUE);
    /** Once is no repetition. */
    private static final ScalarType<Integer> REPETITIONS = ScalarTypes.integer(2, Integer.MAX_VALUE);

    static RunLimitConfig read(YamlObject yaml, Dimensions dimensions) {
        boolean limits = false;
        for (String limit : LIMITS) {
            limits |= yaml.has(limit);
        }
        if (!limits) {
            yaml.problem("sets no limit, expected at least one of " + String.join(", ", LIMITS));
        }
        return new RunLimitConfig(
                yaml.value("name", Notations.NAME).required(),
                Match.read(yaml.object("match"), dimensions),
                yaml.value("steps", TIMES).orNull(),
                yaml.value("tool_calls", TIMES).orNull(),
                yaml.value("usd", ScalarTypes.USD)
                        .must(nanos -> nanos > 0, "an amount of USD above 0, such as 2 or 0.25")
                        .orNull(),
                yaml.value("tokens", Notations.POSITIVE_COUNT).orNull(),
                yaml.value("repeated_tool_call", REPETITIONS).orNull(),
                yaml.value("failures", TIMES).orNull());
    }
}
