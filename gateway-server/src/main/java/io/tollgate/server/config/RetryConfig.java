package io.tollgate.server.config;

import io.tollgate.server.config.yaml.ScalarTypes;
import io.tollgate.server.config.yaml.YamlObject;
import java.math.BigDecimal;
import java.time.Duration;

/**
 * How a call that failed before its answer began is tried again.
 *
 * @param attempts at one target, the first included
 * @param backoff before the second; doubles with each, and is jittered
 * @param maxBackoff the longest wait; who asks for more is not waited for
 * @param budget tries again as a share of all calls
 * @param hedge when one is made before the first has failed
 */
public record RetryConfig(int attempts, Duration backoff, Duration maxBackoff, BigDecimal budget, HedgeConfig hedge) {
    private static final Duration BACKOFF = Duration.ofMillis(200);
    private static final Duration MAX_BACKOFF = Duration.ofSeconds(5);
    private static final String WAIT = "a duration from 1ms to 1m, such as 200ms";

    static RetryConfig read(YamlObject yaml) {
        int attempts = yaml.value("attempts", ScalarTypes.integer(1, 5)).orElse(1);
        Duration backoff = yaml.value("backoff", ScalarTypes.DURATION)
                .must(RetryConfig::isWait, WAIT)
                .orElse(BACKOFF);
        Duration longest = yaml.value("max_backoff", ScalarTypes.DURATION)
                .must(RetryConfig::isWait, WAIT)
                .orElse(backoff.compareTo(MAX_BACKOFF) > 0 ? backoff : MAX_BACKOFF);
        if (longest.compareTo(backoff) < 0) {
            yaml.problem("max_backoff", "is shorter than backoff, expected at least " + backoff.toMillis() + "ms");
        }
        return new RetryConfig(
                attempts,
                backoff,
                longest,
                yaml.value("budget", ScalarTypes.FRACTION)
                        .must(
                                share -> share.signum() >= 0 && share.compareTo(BigDecimal.ONE) <= 0,
                                "a share from 0% to 100%")
                        .orElse(new BigDecimal("0.2")),
                HedgeConfig.read(yaml.object("hedge")));
    }

    private static boolean isWait(Duration wait) {
        return wait.toMillis() >= 1 && wait.toMillis() <= 60_000;
    }
}
