package io.tollgate.routing.shaping;

import io.tollgate.routing.shaping.history.HistoryLimit;
import io.tollgate.routing.shaping.summary.SummaryTerms;
import io.tollgate.routing.shaping.text.Strategy;
import java.util.ArrayList;
import java.util.List;
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

    /** Of those that may act on calls of this task. */
    List<String> names(@Nullable String task) {
        List<String> names = new ArrayList<>();
        if (!history.equals(HistoryLimit.NONE)) {
            names.add(ShapingLever.HISTORY.wireName());
            if (summary != null) {
                names.add("summary");
            }
        }
        if (trim) {
            names.add(ShapingLever.TRIMMING.wireName());
        }
        if (maxInputTokens != Long.MAX_VALUE) {
            names.add(ShapingLever.TRUNCATION.wireName());
        }
        if (task != null && jsonTasks.contains(task)) {
            names.add("json_mode");
        }
        return List.copyOf(names);
    }

    /** Without summaries. */
    public Levers(HistoryLimit history, long maxInputTokens, Strategy strategy, boolean trim, Set<String> jsonTasks) {
        this(history, maxInputTokens, strategy, trim, jsonTasks, null);
    }
}
