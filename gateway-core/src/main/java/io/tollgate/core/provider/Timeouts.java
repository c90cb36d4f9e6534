package io.tollgate.core.provider;

import java.time.Duration;

/**
 * One time-out per phase of an upstream call.
 *
 * @param connect until the connection stands, TLS included
 * @param firstByte from the request's last byte to the response's head
 * @param betweenBytes between two chunks of the response
 */
public record Timeouts(Duration connect, Duration firstByte, Duration betweenBytes) {
    /** 5 s, 120 s, 60 s. */
    public static final Timeouts DEFAULT =
            new Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(120), Duration.ofSeconds(60));
}
