package io.tollgate.routing.fallback;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What one version of the configuration says of calls that fail. Immutable.
 *
 * @param models to try, in order, by the model that failed
 * @param attempts at one target; 1 tries none again
 * @param backoff before the second attempt; doubles with each
 * @param maxBackoff the longest wait, also where a provider asks for more
 * @param budget tries again by call, e.g. 0.2
 * @param hedge when a second call is made before the first has failed
 */
public record FallbackTerms(
        Map<String, List<String>> models,
        int attempts,
        Duration backoff,
        Duration maxBackoff,
        double budget,
        HedgeTerms hedge) {
    /** Nothing is tried again. */
    public static final FallbackTerms NONE =
            new FallbackTerms(Map.of(), 1, Duration.ofMillis(200), Duration.ofSeconds(5), 0.2, HedgeTerms.OFF);

    /** Copies. */
    public FallbackTerms {
        models = Map.copyOf(models);
    }

    /** Whether anything is ever asked twice. */
    public boolean isActive() {
        return attempts > 1 || !models.isEmpty() || hedge.enabled();
    }
}
