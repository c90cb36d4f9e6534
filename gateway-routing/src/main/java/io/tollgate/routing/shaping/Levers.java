package io.tollgate.routing.shaping;

import io.tollgate.routing.shaping.history.HistoryLimit;
import io.tollgate.routing.shaping.text.Strategy;

/**
 * What is done to a prompt.
 *
 * @param history how much of the conversation is sent
 * @param maxInputTokens from which it is shortened; {@link Long#MAX_VALUE} for never
 * @param strategy how it is shortened
 * @param trim whether blanks and filler go from its system prompt
 */
public record Levers(HistoryLimit history, long maxInputTokens, Strategy strategy, boolean trim) {
    /** Nothing. */
    public static final Levers NONE = new Levers(HistoryLimit.NONE, Long.MAX_VALUE, Strategy.RELEVANT, false);
}
