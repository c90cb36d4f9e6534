package io.tollgate.server.relay;

import java.time.Duration;

/**
 * How answers are passed on.
 *
 * @param drainWhenCallerGone read on to the final usage when the caller has left, instead of closing upstream at once
 * @param maxDrains answers read on for nobody at one time; further ones are closed
 * @param stalledCaller how long a caller may take no bytes before its answer is given up
 */
public record RelaySettings(boolean drainWhenCallerGone, int maxDrains, Duration stalledCaller) {
    /** Close upstream at once. */
    public static final RelaySettings DEFAULT = new RelaySettings(false, 100, Duration.ofMinutes(5));
}
