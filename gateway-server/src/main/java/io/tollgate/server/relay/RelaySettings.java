package io.tollgate.server.relay;

import java.time.Duration;

/**
 * How answers are passed on.
 *
 * @param maxDrains answers read on for nobody at one time; further ones are closed
 * @param stalledCaller how long a caller may take no bytes before its answer is given up
 */
public record RelaySettings(int maxDrains, Duration stalledCaller) {
    /** What suits most. */
    public static final RelaySettings DEFAULT = new RelaySettings(100, Duration.ofMinutes(5));
}
