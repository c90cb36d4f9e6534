package io.tollgate.core.dialect.gemini;

/** What stands at a place of an answer, or of one chunk of its stream. */
enum GeminiPlace {
    /** An answer, or one chunk. */
    DOCUMENT,
    /** The model that answered. */
    MODEL,
    /** Why generation ended. */
    FINISH,
    /** Why a prompt got no answer. */
    BLOCKED,
    /** Says that it failed. */
    ERROR,
    /** A query to the search engine. */
    SEARCH,
    /** Generated text. */
    TEXT,
    /** The service tier, as the Gemini API says it. */
    TIER,
    /** The service tier, as Vertex AI says it. */
    TRAFFIC,
    /** An object of counts. */
    USAGE,
    /** The prompt, with what came from the cache. */
    PROMPT,
    /** The part of it that came from the cache. */
    CACHED,
    /** The output, without thoughts. */
    CANDIDATES,
    /** Thoughts. */
    THOUGHTS,
    /** Input that tools brought. */
    TOOL_USE,
    /** Everything, as the provider adds it up. */
    TOTAL,
    /** The prompt by modality; of interest is audio. */
    AUDIO_PROMPT,
    /** The cached prompt by modality. */
    AUDIO_CACHED,
    /** The output by modality. */
    AUDIO_CANDIDATES,
    /** What tools brought by modality. */
    AUDIO_TOOL_USE,
    /** The modality of one element of such a list. */
    MODALITY,
    /** Its tokens. */
    MODALITY_TOKENS;

    boolean isAudio() {
        return switch (this) {
            case AUDIO_PROMPT, AUDIO_CACHED, AUDIO_CANDIDATES, AUDIO_TOOL_USE -> true;
            default -> false;
        };
    }
}
