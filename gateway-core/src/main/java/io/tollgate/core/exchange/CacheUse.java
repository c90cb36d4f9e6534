package io.tollgate.core.exchange;

import org.jspecify.annotations.Nullable;

/**
 * What the cache did for a call.
 *
 * @param text as in {@code x-tollgate-cache}
 * @param free whether the answer was not bought for this call
 */
public record CacheUse(String text, boolean free) {
    /** The response header. */
    public static final String HEADER = "x-tollgate-cache";

    /** An answer that was kept. */
    public static final CacheUse HIT = new CacheUse("hit", true);
    /** An answer that another call was just being given. */
    public static final CacheUse COALESCED = new CacheUse("coalesced", true);
    /** There was none. */
    public static final CacheUse MISS = new CacheUse("miss", false);
    /** The caller wanted a new one. */
    public static final CacheUse REFRESH = new CacheUse("refresh", false);

    /** The call passed by the cache. */
    public static CacheUse bypass(String reason) {
        return new CacheUse("bypass; reason=" + reason, false);
    }

    /** Whether this is known to cost nothing. */
    public static boolean isFree(@Nullable CacheUse use) {
        return use != null && use.free;
    }
}
