package io.tollgate.core.dialect.openai.usage;

import io.tollgate.core.dialect.answer.ScanLayout;

/**
 * Where the hosts of OpenAI's family tell their usage. They differ in names only, so one map serves all; which host
 * answers is never asked. Sources: the hosts' API references and recorded answers.
 */
public final class OpenAiPlaces {
    private OpenAiPlaces() {}

    /** What every answer of the family may hold. */
    public static ScanLayout.Builder<Fact> answer() {
        return addTo(ScanLayout.builder());
    }

    /** The same, where the answer lies within something else. */
    public static ScanLayout.Builder<Fact> addTo(ScanLayout.Builder<Fact> answer) {
        usage(answer.in("usage").itself(Fact.USAGE));
        usage(answer.in("x_groq.usage").itself(Fact.USAGE));
        return answer.string(Fact.MODEL, "model")
                .string(Fact.TIER, "service_tier")
                .string(Fact.ERROR, "error", "x_groq.error")
                .container(Fact.ERROR, "error", "x_groq.error");
    }

    /** The usage object, under whatever name it comes. */
    private static void usage(ScanLayout.Builder<Fact> usage) {
        usage.number(Fact.PROMPT, "prompt_tokens", "input_tokens")
                .number(
                        Fact.CACHED,
                        "prompt_tokens_details.cached_tokens",
                        "input_tokens_details.cached_tokens",
                        "input_token_details.cached_tokens",
                        "prompt_cache_hit_tokens", // DeepSeek
                        "num_cached_tokens", // Mistral
                        "cached_tokens") // Together, Hugging Face
                .number(
                        Fact.CACHE_WRITE,
                        "prompt_tokens_details.cache_write_tokens",
                        "input_tokens_details.cache_write_tokens")
                .number(
                        Fact.CACHE_WRITE_LONG,
                        "prompt_tokens_details.cache_write_tokens_details.ttl_12h_tokens",
                        "input_tokens_details.cache_write_tokens_details.ttl_12h_tokens")
                .number(
                        Fact.AUDIO_IN,
                        "prompt_tokens_details.audio_tokens",
                        "input_tokens_details.audio_tokens",
                        "input_token_details.audio_tokens")
                .number(
                        Fact.CACHED_AUDIO,
                        "prompt_tokens_details.cached_tokens_details.audio_tokens",
                        "input_tokens_details.cached_tokens_details.audio_tokens",
                        "input_token_details.cached_tokens_details.audio_tokens")
                .number(Fact.COMPLETION, "completion_tokens", "output_tokens")
                .number(
                        Fact.REASONING,
                        "completion_tokens_details.reasoning_tokens",
                        "output_tokens_details.reasoning_tokens")
                .number(
                        Fact.AUDIO_OUT,
                        "completion_tokens_details.audio_tokens",
                        "output_tokens_details.audio_tokens",
                        "output_token_details.audio_tokens")
                .number(Fact.TOTAL, "total_tokens")
                .number(
                        Fact.SEARCHES,
                        "num_server_side_tools_used", // xAI
                        "num_search_queries", // Perplexity
                        "server_tool_use.web_search_requests",
                        "server_tool_use_details.web_search_requests") // OpenRouter
                .number(Fact.COST, "cost", "cost.total_cost") // OpenRouter, Perplexity
                .number(Fact.COST_TICKS, "cost_in_usd_ticks") // xAI
                .flag(Fact.OWN_KEY, "is_byok")
                .number(Fact.UPSTREAM_COST, "cost_details.upstream_inference_cost")
                .string(Fact.TIER, "service_tier");
    }
}
