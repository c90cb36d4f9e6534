package io.tollgate.core.exchange;

/**
 * The cap on output tokens that goes upstream.
 *
 * @param tokens of one answer
 * @param source {@code caller}, {@code policy}, {@code learned} or {@code budget}
 */
public record OutputCap(long tokens, String source) {
    /** The answer's header that tells it. */
    public static final String HEADER = "x-tollgate-max-tokens";

    /** As that header tells it: {@code 384; source=learned}. */
    public String told() {
        return tokens + "; source=" + source;
    }
}
