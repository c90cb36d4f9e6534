package io.tollgate.cache.rule;

import io.tollgate.cache.key.BypassReason;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How calls of one kind are cached.
 *
 * @param ttl how long an answer may be given out
 */
public record CachePolicy(When when, Duration ttl) {
    /** Why a call that says this passes by the cache whatever its body holds, or null. */
    public @Nullable BypassReason bypass(CacheDirective directive) {
        if (directive == CacheDirective.OFF) {
            return BypassReason.OFF;
        }
        return when == When.HEADER && directive == CacheDirective.NONE ? BypassReason.NOT_ASKED : null;
    }

    /** Whether a temperature above 0 is cached. */
    public boolean variety() {
        return when != When.DETERMINISTIC;
    }
}
