package io.tollgate.core.dialect.anthropic;

import io.tollgate.core.usage.Usage;

/**
 * One {@code usage} object as it stands. A later object replaces what it names and leaves the rest: a stream's
 * {@code message_delta} is cumulative but has no breakdown of cache writes, which only {@code message_start} told.
 */
final class AnthropicCounts {
    private static final long ABSENT = -1;

    private long input = ABSENT;
    private long cacheRead;
    private long cacheWrite = ABSENT;
    private long cacheWrite5m;
    private long cacheWrite1h;
    private long output = ABSENT;
    private long thinking;
    private long webSearches;

    /** One of the counts of a usage object. */
    void set(AnthropicPlace place, long value) {
        switch (place) {
            case INPUT -> input = value;
            case CACHE_READ -> cacheRead = value;
            case CACHE_WRITE -> cacheWrite = value;
            case CACHE_WRITE_5M -> cacheWrite5m = value;
            case CACHE_WRITE_1H -> cacheWrite1h = value;
            case OUTPUT -> output = value;
            case THINKING -> thinking = value;
            case WEB_SEARCHES -> webSearches = value;
            default -> {}
        }
    }

    boolean isTold() {
        return input != ABSENT || output != ABSENT;
    }

    /** Input excludes what was read from or written to the cache already; output includes thinking. */
    Usage toUsage() {
        long written = cacheWrite == ABSENT ? cacheWrite5m + cacheWrite1h : cacheWrite;
        long longer = Math.min(cacheWrite1h, written);
        long out = Math.max(0, output);
        return new Usage(
                Math.max(0, input),
                cacheRead,
                written - longer,
                longer,
                out,
                Math.min(thinking, out),
                0,
                0,
                0,
                webSearches);
    }
}
