package io.tollgate.core.exchange;

/**
 * How an exchange was over.
 *
 * @param end why it ended
 * @param status the HTTP status the caller was sent (or was about to be sent when it left)
 * @param endedNanos the {@link io.tollgate.core.time.Ticker} reading at the end
 */
public record Completion(End end, int status, long endedNanos) {}
