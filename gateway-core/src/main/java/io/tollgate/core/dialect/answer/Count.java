package io.tollgate.core.dialect.answer;

/** A number a provider reports within a usage object, by what it means rather than by what it is called. */
public enum Count {
    /** The prompt; whether cached tokens are within it depends on which of the others are there. */
    PROMPT,
    /** The part of {@link #PROMPT} read from the cache. */
    CACHED,
    /** The part of {@link #PROMPT} written to the cache. */
    CACHE_WRITE,
    /** The part of {@link #CACHE_WRITE} at the longer lifetime. */
    CACHE_WRITE_LONG,
    /** Read from the cache and not within {@link #PROMPT} (Anthropic, Bedrock). */
    CACHED_APART,
    /** Written to the cache and not within {@link #PROMPT} (Anthropic, Bedrock). */
    CACHE_WRITE_APART,
    /** The part of {@link #CACHE_WRITE_APART} at the longer lifetime. */
    CACHE_WRITE_APART_LONG,
    /** Input beside {@link #PROMPT}: what tools put in (Gemini). */
    TOOL_INPUT_APART,
    /** The part of the prompt that was sound. */
    AUDIO_IN,
    /** The part of the cached prompt that was sound. */
    CACHED_AUDIO,
    /** The output; most hosts count reasoning within it. */
    COMPLETION,
    /** The part of the output spent on thinking. */
    REASONING,
    /** Thinking that is not within {@link #COMPLETION} (Gemini). */
    REASONING_APART,
    /** The part of the output that was sound. */
    AUDIO_OUT,
    /** Prompt and output, as the provider adds them up. */
    TOTAL,
    /** Input that is billed, where that differs from the tokens counted (Cohere). */
    BILLED_IN,
    /** Image input that is billed, beside {@link #BILLED_IN}. */
    BILLED_IMAGES,
    /** Output that is billed, where that differs from the tokens counted. */
    BILLED_OUT,
    /** Server-side tool calls billed per use; may stand outside the usage object. */
    SEARCHES
}
