package io.tollgate.server.front;

import io.netty.handler.ssl.SslContext;
import org.jspecify.annotations.Nullable;

/**
 * A listener's limits.
 *
 * @param maxRequest bytes of a request's decoded body
 * @param maxHeld bytes of all request bodies held at one time by this listener
 * @param maxConnections connections at one time
 * @param patience how long callers may take
 * @param tls serves TLS with ALPN, or null for cleartext
 */
public record FrontSettings(
        int maxRequest,
        long maxHeld,
        int maxConnections,
        Patience patience,
        @Nullable SslContext tls) {
    /** A listener's usual limits. */
    public static FrontSettings of(int maxRequest, Patience patience, @Nullable SslContext tls) {
        return new FrontSettings(
                maxRequest, Math.max(Runtime.getRuntime().maxMemory() / 2, 2L * maxRequest), 20_000, patience, tls);
    }
}
