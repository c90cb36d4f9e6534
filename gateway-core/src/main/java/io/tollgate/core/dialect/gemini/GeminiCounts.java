package io.tollgate.core.dialect.gemini;

import io.tollgate.core.usage.Usage;

/** One {@code usageMetadata} object; or the {@code usage} of an interaction, which has other names for the same. */
final class GeminiCounts {
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

    /** A member by its name; other members are ignored. */
    void set(String member, long value) {
        switch (member) {
            case "promptTokenCount", "total_input_tokens" -> prompt = value;
            case "cachedContentTokenCount", "total_cached_tokens" -> cached = value;
            case "candidatesTokenCount", "total_output_tokens" -> candidates = value;
            case "thoughtsTokenCount", "total_thought_tokens" -> thoughts = value;
            case "toolUsePromptTokenCount", "total_tool_use_tokens" -> toolUse = value;
            case "totalTokenCount", "total_tokens" -> {} // adds nothing, but is a word about usage
            default -> {
                return;
            }
        }
        told = true;
    }

    /** Audio tokens among those a list of modalities breaks down. */
    void audio(String list, long tokens) {
        switch (list) {
            case "promptTokensDetails", "promptTokenDetails" -> promptAudio += tokens;
            case "cacheTokensDetails" -> cachedAudio += tokens;
            case "candidatesTokensDetails" -> candidatesAudio += tokens;
            case "toolUsePromptTokensDetails" -> toolUseAudio += tokens;
            default -> {}
        }
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
