package io.tollgate.server.front;

import java.time.Duration;

/**
 * How long a listener waits for its callers.
 *
 * @param idle for a connection's next request, and for its first
 * @param receive between two parts of a request
 * @param receiveTotal for a request to arrive in all
 * @param linger for a caller that still sends to read the refusal it was sent
 */
public record Patience(Duration idle, Duration receive, Duration receiveTotal, Duration linger) {
    /** What suits most. */
    public static final Patience DEFAULT =
            new Patience(Duration.ofMinutes(3), Duration.ofSeconds(30), Duration.ofMinutes(10), Duration.ofSeconds(2));
}
