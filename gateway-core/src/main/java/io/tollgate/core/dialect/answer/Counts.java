package io.tollgate.core.dialect.answer;

import io.tollgate.core.usage.Usage;
import java.util.EnumMap;
import java.util.Map;

/** The numbers of one usage object, and how they become disjoint counts. An absent number is not a zero. */
final class Counts {
    /** More than any call can use; keeps sums of hostile numbers from overflowing. */
    private static final long MOST = 1_000_000_000_000L;

    private final Map<Count, Long> values = new EnumMap<>(Count.class);

    void clear() {
        values.clear();
    }

    /** The greater one counts where a host tells the same number under two names and leaves one of them at zero. */
    void set(Count count, long value) {
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

    private boolean has(Count count) {
        return values.containsKey(count);
    }

    private long get(Count count) {
        return values.getOrDefault(count, 0L);
    }

    Usage toUsage(long searches) {
        long prompt = has(Count.BILLED_IN) ? get(Count.BILLED_IN) + get(Count.BILLED_IMAGES) : prompt();
        boolean billed = has(Count.BILLED_IN);
        // Grok behind Azure has told 515 cached tokens of a prompt of 377: parts never exceed the whole.
        long read = billed ? 0 : Math.min(get(Count.CACHED), prompt);
        long write = billed ? 0 : Math.min(get(Count.CACHE_WRITE), prompt - read);
        long writeLong = Math.min(get(Count.CACHE_WRITE_LONG), write);
        long apartLong = Math.min(get(Count.CACHE_WRITE_APART_LONG), get(Count.CACHE_WRITE_APART));
        long input = prompt - read - write + get(Count.TOOL_INPUT_APART);
        long cacheRead = read + get(Count.CACHED_APART);
        long output = output(prompt);
        long cachedAudio = Math.min(get(Count.CACHED_AUDIO), cacheRead);
        return new Usage(
                input,
                cacheRead,
                write - writeLong + get(Count.CACHE_WRITE_APART) - apartLong,
                writeLong + apartLong,
                output,
                Math.min(get(Count.REASONING) + get(Count.REASONING_APART), output),
                Math.clamp(get(Count.AUDIO_IN) - cachedAudio, 0, input),
                cachedAudio,
                Math.min(get(Count.AUDIO_OUT), output),
                searches);
    }

    private long prompt() {
        if (has(Count.PROMPT) || !has(Count.TOTAL)) {
            return get(Count.PROMPT);
        }
        return Math.max(0, get(Count.TOTAL) - get(Count.COMPLETION)); // Voyage tells only the total
    }

    /**
     * Where the total is more than prompt and completion, the completion leaves thinking out: xAI's chat says so in its
     * details, Gemini's OpenAI-compatible host does not.
     */
    private long output(long prompt) {
        if (has(Count.BILLED_OUT)) {
            return get(Count.BILLED_OUT);
        }
        long output = get(Count.COMPLETION) + get(Count.REASONING_APART);
        boolean addedUpHere = has(Count.CACHED_APART)
                || has(Count.CACHE_WRITE_APART)
                || has(Count.TOOL_INPUT_APART)
                || has(Count.REASONING_APART);
        return has(Count.COMPLETION) && has(Count.TOTAL) && !addedUpHere
                ? Math.max(output, get(Count.TOTAL) - prompt)
                : output;
    }
}
