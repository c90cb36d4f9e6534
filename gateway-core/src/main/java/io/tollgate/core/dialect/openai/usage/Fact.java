package io.tollgate.core.dialect.openai.usage;

/** What stands at a place of an answer, by what it means rather than by what a host calls it. */
public enum Fact {
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
    /** Server-side tool calls billed per use; some hosts tell them beside the usage object. */
    SEARCHES,
    /** An object of counts; a later one with any count in it replaces an earlier one whole. */
    USAGE,
    /** An object of some counts of a usage that is told in parts; each count told later replaces a smaller one. */
    USAGE_PART,
    /** The cost in USD. */
    COST,
    /** The cost in 1e-10 USD. */
    COST_TICKS,
    /** What the upstream charged, in USD. */
    UPSTREAM_COST,
    /** Whether the caller's own key was used and the upstream's cost comes on top. */
    OWN_KEY,
    /** The model that answered. */
    MODEL,
    /** Why generation ended; the first counts. */
    FINISH,
    /** A state that is one of several on the way to an end. */
    STATUS,
    /** The event's own type. */
    TYPE,
    /** The service tier used. */
    TIER,
    /** The answer's id. */
    ID,
    /** Whether the answer is made in the background, to be fetched later. */
    BACKGROUND,
    /** Says that something failed, unless it is null. */
    ERROR,
    /** Generated text. */
    TEXT,
    /** Generated text where the answer is not streamed; in a stream it repeats what came in pieces. */
    WHOLE_TEXT
}
