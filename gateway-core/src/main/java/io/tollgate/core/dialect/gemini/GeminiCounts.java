package io.tollgate.core.dialect.gemini;

import io.tollgate.core.usage.Usage;

/** One {@code usageMetadata} object; or the {@code usage} of an interaction, which has other names for the same. */
final class GeminiCounts {
    private static final GeminiCounts NOTHING = new GeminiCounts();

    private boolean told;
    private long prompt;
    private long cached;
    private long candidates;
    private long thoughts;
    private long toolUse;
    private long promptAudio;
    private long cachedAudio;
    private long candidatesAudio;
    private long toolUseAudio;

    /** A count; of audio tokens, which several lists of modalities break down, another one. */
    void set(GeminiPlace place, long value) {
        told |= !place.isAudio();
        switch (place) {
            case PROMPT -> prompt = value;
            case CACHED -> cached = value;
            case CANDIDATES -> candidates = value;
            case THOUGHTS -> thoughts = value;
            case TOOL_USE -> toolUse = value;
            case AUDIO_PROMPT -> promptAudio += value;
            case AUDIO_CACHED -> cachedAudio += value;
            case AUDIO_CANDIDATES -> candidatesAudio += value;
            case AUDIO_TOOL_USE -> toolUseAudio += value;
            default -> {} // a total adds nothing, but is a word about usage
        }
    }

    void clear() {
        copyFrom(NOTHING);
    }

    void copyFrom(GeminiCounts other) {
        told = other.told;
        prompt = other.prompt;
        cached = other.cached;
        candidates = other.candidates;
        thoughts = other.thoughts;
        toolUse = other.toolUse;
        promptAudio = other.promptAudio;
        cachedAudio = other.cachedAudio;
        candidatesAudio = other.candidatesAudio;
        toolUseAudio = other.toolUseAudio;
    }

    boolean isTold() {
        return told;
    }

    /** The prompt includes what came from the cache, but not what tools brought; candidates exclude thoughts. */
    Usage toUsage(long webSearches) {
        long read = Math.min(cached, prompt);
        long input = prompt - read + toolUse;
        long output = candidates + thoughts;
        long readAudio = Math.min(cachedAudio, read);
        return new Usage(
                input,
                read,
                0,
                0,
                output,
                thoughts,
                Math.clamp(promptAudio - readAudio + toolUseAudio, 0, input),
                readAudio,
                Math.min(candidatesAudio, candidates),
                webSearches);
    }
}
