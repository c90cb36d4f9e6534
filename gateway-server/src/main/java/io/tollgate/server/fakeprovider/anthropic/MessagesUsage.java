package io.tollgate.server.fakeprovider.anthropic;

import static io.tollgate.server.fakeprovider.json.JsonText.object;

import io.tollgate.server.fakeprovider.answer.House;
import io.tollgate.server.fakeprovider.answer.Prompt;
import io.tollgate.server.fakeprovider.json.JsonObject;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The counts of one answer; the three kinds of input are disjoint.
 *
 * @param input prompt tokens neither read from nor written to the cache
 * @param cacheRead read from the prompt cache
 * @param cacheWrite5m written to it for five minutes
 * @param cacheWrite1h written to it for an hour
 */
record MessagesUsage(int input, int cacheRead, int cacheWrite5m, int cacheWrite1h) {
    private static final int TOKENS_PER_MESSAGE = 4;
    private static final int TOKENS_PER_IMAGE = 1_200;
    private static final int LEAST_CACHED_TOKENS = 1024;

    static final MessagesUsage ZERO = new MessagesUsage(0, 0, 0, 0);

    /** All input tokens of a prompt. */
    static int total(House house, Prompt prompt) {
        return house.counter().count(prompt.text())
                + prompt.messages() * TOKENS_PER_MESSAGE
                + prompt.images() * TOKENS_PER_IMAGE;
    }

    static MessagesUsage count(House house, Prompt prompt, JsonObject body) {
        int total = total(house, prompt);
        CacheBreakpoints breakpoints = CacheBreakpoints.in(body);
        int marked = (int) (total * breakpoints.markedShare());
        if (marked < LEAST_CACHED_TOKENS) {
            return new MessagesUsage(total, 0, 0, 0);
        }
        int read = (int) (total * breakpoints.seenShare(house.promptCache(), prompt.model()));
        int written = marked - read;
        return new MessagesUsage(
                total - marked, read, breakpoints.forAnHour() ? 0 : written, breakpoints.forAnHour() ? written : 0);
    }

    /** With the members only a first or whole message has. */
    Map<String, @Nullable Object> ofMessage(int output) {
        return object(
                "input_tokens",
                input,
                "cache_creation_input_tokens",
                cacheWrite5m + cacheWrite1h,
                "cache_read_input_tokens",
                cacheRead,
                "cache_creation",
                object(
                        "ephemeral_5m_input_tokens", cacheWrite5m,
                        "ephemeral_1h_input_tokens", cacheWrite1h),
                "output_tokens",
                output,
                "service_tier",
                "standard");
    }

    /** Cumulative, as at the end of a stream. */
    Map<String, @Nullable Object> ofDelta(int output) {
        return object(
                "input_tokens", input,
                "cache_creation_input_tokens", cacheWrite5m + cacheWrite1h,
                "cache_read_input_tokens", cacheRead,
                "output_tokens", output);
    }
}
