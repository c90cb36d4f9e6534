package io.tollgate.budget.runs;

import io.tollgate.budget.ledger.Attribution;
import java.util.List;
import java.util.Map;

/**
 * What one run (one session of one key) may use. Each limit is -1 where there is none.
 *
 * @param name unique among run limits
 * @param match by dimension the globs one of which its value must match; empty matches every call
 * @param steps calls of a model, retries not counted
 * @param toolCalls calls of tools
 * @param usdNanos nano-dollars; used up when reached
 * @param tokens input and output; used up when reached
 * @param repeatedToolCall so many of the same tool call, in a row or in turn with others, end the run
 * @param failures so many failed steps in a row end the run
 */
public record RunLimitRule(
        String name,
        Map<String, List<String>> match,
        long steps,
        long toolCalls,
        long usdNanos,
        long tokens,
        int repeatedToolCall,
        int failures) {
    /** Copies. */
    public RunLimitRule {
        match = Map.copyOf(match);
    }

    boolean applies(Attribution call) {
        return call.matches(match);
    }

    /** Whether the rule must know what tools the model called. */
    boolean readsToolCalls() {
        return toolCalls >= 0 || repeatedToolCall >= 0;
    }
}
