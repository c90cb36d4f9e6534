package io.tollgate.core.dialect.openai.usage;

import io.tollgate.core.usage.Usage;
import java.util.EnumMap;
import java.util.Map;

/** The numbers of one usage object, and how they become disjoint counts. An absent number is not a zero. */
final class Counts {
    /** More than any call can use; keeps sums of hostile numbers from overflowing. */
    private static final long MOST = 1_000_000_000_000L;

    private final Map<Fact, Long> values = new EnumMap<>(Fact.class);

    void clear() {
        values.clear();
    }

    /** The greater one counts where a host tells the same number under two names and leaves one of them at zero. */
    void set(Fact count, long value) {
        values.merge(count, Math.clamp(value, 0, MOST), Math::max);
    }

    /** Whether anything was counted. */
    boolean any() {
        return !values.isEmpty();
    }

    void copyFrom(Counts other) {
        values.clear();
        values.putAll(other.values);
    }

    private boolean has(Fact count) {
        return values.containsKey(count);
    }

    private long get(Fact count) {
        return values.getOrDefault(count, 0L);
    }

    Usage toUsage(long searches) {
        long prompt = has(Fact.BILLED_IN) ? get(Fact.BILLED_IN) + get(Fact.BILLED_IMAGES) : prompt();
        boolean billed = has(Fact.BILLED_IN);
        // Grok behind Azure has told 515 cached tokens of a prompt of 377: parts never exceed the whole.
        long read = billed ? 0 : Math.min(get(Fact.CACHED), prompt);
        long write = billed ? 0 : Math.min(get(Fact.CACHE_WRITE), prompt - read);
        long writeLong = Math.min(get(Fact.CACHE_WRITE_LONG), write);
        long apartLong = Math.min(get(Fact.CACHE_WRITE_APART_LONG), get(Fact.CACHE_WRITE_APART));
        long input = prompt - read - write + get(Fact.TOOL_INPUT_APART);
        long cacheRead = read + get(Fact.CACHED_APART);
        long output = output(prompt);
        long cachedAudio = Math.min(get(Fact.CACHED_AUDIO), cacheRead);
        return new Usage(
                input,
                cacheRead,
                write - writeLong + get(Fact.CACHE_WRITE_APART) - apartLong,
                writeLong + apartLong,
                output,
                Math.min(get(Fact.REASONING) + get(Fact.REASONING_APART), output),
                Math.clamp(get(Fact.AUDIO_IN) - cachedAudio, 0, input),
                cachedAudio,
                Math.min(get(Fact.AUDIO_OUT), output),
                searches);
    }

    private long prompt() {
        if (has(Fact.PROMPT) || !has(Fact.TOTAL)) {
            return get(Fact.PROMPT);
        }
        return Math.max(0, get(Fact.TOTAL) - get(Fact.COMPLETION)); // Voyage tells only the total
    }

    /**
     * Where the total is more than prompt and completion, the completion leaves thinking out: xAI's chat says so in its
     * details, Gemini's OpenAI-compatible host does not.
     */
    private long output(long prompt) {
        if (has(Fact.BILLED_OUT)) {
            return get(Fact.BILLED_OUT);
        }
        long output = get(Fact.COMPLETION) + get(Fact.REASONING_APART);
        boolean addedUpHere = has(Fact.CACHED_APART)
                || has(Fact.CACHE_WRITE_APART)
                || has(Fact.TOOL_INPUT_APART)
                || has(Fact.REASONING_APART);
        return has(Fact.COMPLETION) && has(Fact.TOTAL) && !addedUpHere
                ? Math.max(output, get(Fact.TOTAL) - prompt)
                : output;
    }
}
