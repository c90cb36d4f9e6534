package io.tollgate.budget.alerts;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait between attempts: doubling from {@code first} up to {@code longest}, each time between half of it and
 * all of it by chance, so that gateways that failed together do not come back together.
 *
 * @param giveUpAfter time from the alert to the last attempt
 */
public record Backoff(Duration first, Duration longest, Duration giveUpAfter) {
    /** From a second to a quarter of an hour, for a day. */
    public static final Backoff DEFAULT =
            new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(15), Duration.ofHours(24));

    /** How long a receiver's own wish is heeded. */
    private static final Duration LONGEST_WISH = Duration.ofHours(1);

    /** Milliseconds after the {@code attempts}-th failure, at least as long as the receiver asked for. */
    long millisAfter(int attempts, Duration asked, RandomGenerator random) {
        long doubled = first.toMillis() << Math.min(attempts - 1, 30);
        long full = Math.clamp(doubled, 1, longest.toMillis());
        long jittered = full / 2 + random.nextLong(full - full / 2 + 1);
        return Math.max(jittered, Math.min(asked.toMillis(), LONGEST_WISH.toMillis()));
    }
}
