package io.tollgate.server.serve;

import io.tollgate.core.time.Ticker;
import io.tollgate.server.accesslog.AccessLog;
import io.tollgate.server.front.Patience;
import java.io.File;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a server needs beside its configuration.
 *
 * @param accessLog where requests are logged, or null for nowhere
 * @param trusted PEM file of the certificates providers may show, or null for the JDK's
 * @param drainLimit how long {@link GatewayServer#close} waits for answers under way
 * @param patience how long callers may take
 */
public record Wiring(
        Clock clock,
        Ticker ticker,
        @Nullable AccessLog accessLog,
        @Nullable File trusted,
        Duration drainLimit,
        Patience patience) {
    /** The machine's clocks, no access log, the JDK's trust, 30 s, the usual patience. */
    public static final Wiring DEFAULT =
            new Wiring(Clock.systemUTC(), Ticker.SYSTEM, null, null, Duration.ofSeconds(30), Patience.DEFAULT);

    /** The same, with an access log. */
    public Wiring with(@Nullable AccessLog log) {
        return new Wiring(clock, ticker, log, trusted, drainLimit, patience);
    }
}
