package io.tollgate.server.config;

import io.tollgate.server.config.yaml.ScalarType;
import io.tollgate.server.config.yaml.ScalarTypes;
import io.tollgate.server.config.yaml.YamlObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one agent run (one {@code x-tollgate-session}) may use. At least one limit is set; null sets none.
 *
 * @param steps calls to a model
 * @param toolCalls tool calls the model made
 * @param usdNanos nano-dollars
 * @param tokens input and output together
 * @param repeatedToolCall the same tool call with the same arguments, in a row
 * @param failures calls that failed, in a row
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
                yaml.value("usd", ScalarTypes.USD).orNull(),
                yaml.value("tokens", ScalarTypes.COUNT).orNull(),
                yaml.value("repeated_tool_call", TIMES).orNull(),
                yaml.value("failures", TIMES).orNull());
    }
}
