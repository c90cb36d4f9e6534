package io.tollgate.core.dialect.openai;

import io.tollgate.core.dialect.answer.Count;
import io.tollgate.core.dialect.answer.Place;
import io.tollgate.core.dialect.answer.Place.Kind;

/**
 * Where the hosts of OpenAI's family tell their usage. They differ in names only, so one map serves all; which host
 * answers is never asked. Sources: the hosts' API references and recorded answers.
 */
public final class OpenAiPlaces {
    /** The usage object, under whatever name it comes. */
    public static final Place USAGE = Place.of(Kind.USAGE)
            .count(Count.PROMPT, "prompt_tokens", "input_tokens")
            .count(
                    Count.CACHED,
                    "prompt_tokens_details.cached_tokens",
                    "input_tokens_details.cached_tokens",
                    "input_token_details.cached_tokens",
                    "prompt_cache_hit_tokens", // DeepSeek
                    "num_cached_tokens", // Mistral
                    "cached_tokens") // Together, Hugging Face
            .count(
                    Count.CACHE_WRITE,
                    "prompt_tokens_details.cache_write_tokens",
                    "input_tokens_details.cache_write_tokens")
            .count(
                    Count.CACHE_WRITE_LONG,
                    "prompt_tokens_details.cache_write_tokens_details.ttl_12h_tokens",
                    "input_tokens_details.cache_write_tokens_details.ttl_12h_tokens")
            .count(
                    Count.AUDIO_IN,
                    "prompt_tokens_details.audio_tokens",
                    "input_tokens_details.audio_tokens",
                    "input_token_details.audio_tokens")
            .count(
                    Count.CACHED_AUDIO,
                    "prompt_tokens_details.cached_tokens_details.audio_tokens",
                    "input_tokens_details.cached_tokens_details.audio_tokens",
                    "input_token_details.cached_tokens_details.audio_tokens")
            .count(Count.COMPLETION, "completion_tokens", "output_tokens")
            .count(
                    Count.REASONING,
                    "completion_tokens_details.reasoning_tokens",
                    "output_tokens_details.reasoning_tokens")
            .count(
                    Count.AUDIO_OUT,
                    "completion_tokens_details.audio_tokens",
                    "output_tokens_details.audio_tokens",
                    "output_token_details.audio_tokens")
            .count(Count.TOTAL, "total_tokens")
            .count(
                    Count.SEARCHES,
                    "num_server_side_tools_used", // xAI
                    "num_search_queries", // Perplexity
                    "server_tool_use.web_search_requests",
                    "server_tool_use_details.web_search_requests") // OpenRouter
            .at("cost", Kind.COST) // OpenRouter
            .at("cost.total_cost", Kind.COST) // Perplexity
            .at("cost_in_usd_ticks", Kind.COST_TICKS) // xAI
            .at("is_byok", Kind.OWN_KEY)
            .at("cost_details.upstream_inference_cost", Kind.UPSTREAM_COST)
            .at("service_tier", Kind.TIER);

    private OpenAiPlaces() {}

    /** What every answer of the family may hold at its top level. */
    public static Place root() {
        return Place.of(Kind.PASSAGE)
                .at("model", Kind.MODEL)
                .at("service_tier", Kind.TIER)
                .at("error", Kind.ERROR)
                .attach("usage", USAGE)
                .attach("x_groq.usage", USAGE)
                .at("x_groq.error", Kind.ERROR);
    }
}
