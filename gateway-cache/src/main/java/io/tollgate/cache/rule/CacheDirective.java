package io.tollgate.cache.rule;

import io.tollgate.core.error.RefusedException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a caller says in {@code x-tollgate-cache}. */
public enum CacheDirective {
    /** Nothing. */
    NONE,
    /** Use the cache, also where it is only used on request. */
    ON,
    /** Leave the cache alone: neither look up nor keep. */
    OFF,
    /** Ask the provider and keep the new answer. */
    REFRESH,
    /** Answer from the cache or not at all. */
    ONLY;

    /** The request header. */
    public static final String HEADER = "x-tollgate-cache";

    /**
     * What this header's value says; null stands for a request without the header.
     *
     * @throws RefusedException when it says nothing known
     */
    public static CacheDirective of(@Nullable String value) {
        if (value == null) {
            return NONE;
        }
        return switch (value.strip().toLowerCase(Locale.ROOT)) {
            case "" -> NONE;
            case "on" -> ON;
            case "off" -> OFF;
            case "refresh" -> REFRESH;
            case "only" -> ONLY;
            default ->
                throw RefusedException.malformed(HEADER + " has an unknown value; expected on, off, refresh or only");
        };
    }
}
