package io.tollgate.core.exchange;

/**
 * The cap on output tokens that goes upstream.
 *
 * @param tokens of one answer
 * @param source {@code caller}, {@code policy}, {@code learned} or {@code budget}
 */
public record OutputCap(long tokens, String source) {}
