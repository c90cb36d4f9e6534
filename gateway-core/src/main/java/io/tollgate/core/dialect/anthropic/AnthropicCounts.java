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

    /** A member of the usage object, by its path inside it; other members are ignored. */
    void set(String member, long value) {
        switch (member) {
            case "input_tokens" -> input = value;
            case "cache_read_input_tokens" -> cacheRead = value;
            case "cache_creation_input_tokens" -> cacheWrite = value;
            case "cache_creation.ephemeral_5m_input_tokens" -> cacheWrite5m = value;
            case "cache_creation.ephemeral_1h_input_tokens" -> cacheWrite1h = value;
            case "output_tokens" -> output = value;
            case "output_tokens_details.thinking_tokens" -> thinking = value;
            case "server_tool_use.web_search_requests" -> webSearches = value;
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
