package io.tollgate.routing.shaping.history;

/**
 * How much of a conversation is sent.
 *
 * @param turns latest messages (or items of the Responses API) that stay; {@link Integer#MAX_VALUE} for any number
 * @param tokens of all turns that are sent, system turns aside; {@link Long#MAX_VALUE} for any number
 * @param step how many turns go at a time: more than one keeps the beginning the same over some calls, and with it the
 *     provider's prompt cache
 */
public record HistoryLimit(int turns, long tokens, int step) {
    /** All of it. */
    public static final HistoryLimit NONE = new HistoryLimit(Integer.MAX_VALUE, Long.MAX_VALUE, 1);
}
