package io.tollgate.server.front;

import io.netty.handler.ssl.SslContext;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A listener's limits.
 *
 * @param maxRequest bytes of a request's decoded body
 * @param maxHeld bytes of all request bodies held at one time by this listener
 * @param maxConnections connections at one time
 * @param idle how long a connection may wait for its next request
 * @param receive how long a caller may pause while it sends a request
 * @param receiveTotal how long a request may take to arrive in all
 * @param tls serves TLS with ALPN, or null for cleartext
 */
public record FrontSettings(
        int maxRequest,
        long maxHeld,
        int maxConnections,
        Duration idle,
        Duration receive,
        Duration receiveTotal,
        @Nullable SslContext tls) {
    /** A listener's usual limits. */
    public static FrontSettings of(int maxRequest, @Nullable SslContext tls) {
        return new FrontSettings(
                maxRequest,
                Math.max(Runtime.getRuntime().maxMemory() / 2, 2L * maxRequest),
                20_000,
                Duration.ofMinutes(3),
                Duration.ofSeconds(30),
                Duration.ofMinutes(10),
                tls);
    }
}
