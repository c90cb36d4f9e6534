package io.tollgate.server.fakeprovider.behaviour;

import java.time.Duration;

/**
 * How fast an answer is sent.
 *
 * @param head time from the request to the head
 * @param firstByte time from the head to the first byte of the body
 * @param pace time from one event to the next; zero sends all at once
 */
public record Timing(Duration head, Duration firstByte, Duration pace) {
    /** At once. */
    public static final Timing IMMEDIATE = new Timing(Duration.ZERO, Duration.ZERO, Duration.ZERO);
}
