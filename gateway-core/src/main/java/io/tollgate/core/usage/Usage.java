package io.tollgate.core.usage;

/**
 * What a call used, in tokens, as disjoint counts: a provider's convention (OpenAI's input includes cached tokens,
 * Anthropic's excludes them) ends at the usage reader.
 *
 * @param input uncached input, audio and image input included
 * @param cacheRead input read from the provider's cache
 * @param cacheWrite5m input written to the provider's cache at its shorter lifetime (5 min; OpenAI's 30 min)
 * @param cacheWrite1h input written at the longer lifetime (1 h; OpenAI's 12 h)
 * @param output all output, reasoning and audio included
 * @param reasoning the part of {@code output} spent on thinking
 * @param inputAudio the part of {@code input} that was audio
 * @param cacheReadAudio the part of {@code cacheRead} that was audio
 * @param outputAudio the part of {@code output} that was audio
 * @param webSearches server-side tool calls billed per use
 */
public record Usage(
        long input,
        long cacheRead,
        long cacheWrite5m,
        long cacheWrite1h,
        long output,
        long reasoning,
        long inputAudio,
        long cacheReadAudio,
        long outputAudio,
        long webSearches) {
    /** Nothing. */
    public static final Usage ZERO = new Usage(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    /** Plain input and output. */
    public static Usage of(long input, long output) {
        return new Usage(input, 0, 0, 0, output, 0, 0, 0, 0, 0);
    }

    /** The whole prompt: uncached, read and written. The size price tiers look at. */
    public long prompt() {
        return input + cacheRead + cacheWrite5m + cacheWrite1h;
    }

    /** Prompt and output. */
    public long total() {
        return prompt() + output;
    }

    /** The same without a provider's cache: all that was read or written is plain input. */
    public Usage uncached() {
        return cacheRead == 0 && cacheWrite5m == 0 && cacheWrite1h == 0
                ? this
                : new Usage(
                        prompt(), 0, 0, 0, output, reasoning, inputAudio + cacheReadAudio, 0, outputAudio, webSearches);
    }

    /** Both added up, field by field. */
    public Usage plus(Usage other) {
        return new Usage(
                input + other.input,
                cacheRead + other.cacheRead,
                cacheWrite5m + other.cacheWrite5m,
                cacheWrite1h + other.cacheWrite1h,
                output + other.output,
                reasoning + other.reasoning,
                inputAudio + other.inputAudio,
                cacheReadAudio + other.cacheReadAudio,
                outputAudio + other.outputAudio,
                webSearches + other.webSearches);
    }
}
