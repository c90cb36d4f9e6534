package io.tollgate.routing.shaping;

import io.tollgate.routing.shaping.history.HistoryLimit;
import io.tollgate.routing.shaping.summary.SummaryTerms;
import io.tollgate.routing.shaping.text.Strategy;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is done to a prompt.
 *
 * @param history how much of the conversation is sent
 * @param maxInputTokens from which it is shortened; {@link Long#MAX_VALUE} for never
 * @param strategy how it is shortened
 * @param trim whether blanks and filler go from its system prompt
 * @param jsonTasks values of the tag {@code task} for which the model's JSON mode is switched on
 * @param summary what stands for turns the history leaves out, or null
 */
public record Levers(
        HistoryLimit history,
        long maxInputTokens,
        Strategy strategy,
        boolean trim,
        Set<String> jsonTasks,
        @Nullable SummaryTerms summary) {
    /** Nothing. */
    public static final Levers NONE = new Levers(HistoryLimit.NONE, Long.MAX_VALUE, Strategy.RELEVANT, false, Set.of());

    /** Copies. */
    public Levers {
        jsonTasks = Set.copyOf(jsonTasks);
    }

    /** Without summaries. */
    public Levers(HistoryLimit history, long maxInputTokens, Strategy strategy, boolean trim, Set<String> jsonTasks) {
        this(history, maxInputTokens, strategy, trim, jsonTasks, null);
    }
}
