package io.tollgate.core.dialect.tunnel;

import io.tollgate.core.dialect.answer.Count;
import io.tollgate.core.dialect.answer.Place;
import io.tollgate.core.dialect.answer.Place.Kind;

/**
 * Where any provider known so far tells a usage: OpenAI's family, Anthropic's bodies behind other hosts, Gemini and its
 * interactions, Bedrock's converse, Cohere, and Ollama's own API with its counts at the top level of the last line.
 */
final class TunnelPlaces {
    private static final Place USAGE = Place.of(Kind.USAGE_PART)
            .count(
                    Count.PROMPT,
                    "prompt_tokens",
                    "input_tokens",
                    "inputTokens",
                    "total_input_tokens",
                    "promptTokenCount")
            .count(
                    Count.CACHED,
                    "prompt_tokens_details.cached_tokens",
                    "input_tokens_details.cached_tokens",
                    "input_token_details.cached_tokens",
                    "total_cached_tokens",
                    "cachedContentTokenCount")
            .count(
                    Count.CACHE_WRITE,
                    "prompt_tokens_details.cache_write_tokens",
                    "input_tokens_details.cache_write_tokens")
            .count(Count.CACHED_APART, "cache_read_input_tokens", "cacheReadInputTokens", "cacheReadInputTokenCount")
            .count(
                    Count.CACHE_WRITE_APART,
                    "cache_creation_input_tokens",
                    "cacheWriteInputTokens",
                    "cacheWriteInputTokenCount")
            .count(Count.CACHE_WRITE_APART_LONG, "cache_creation.ephemeral_1h_input_tokens")
            .count(Count.TOOL_INPUT_APART, "total_tool_use_tokens", "toolUsePromptTokenCount")
            .count(Count.AUDIO_IN, "prompt_tokens_details.audio_tokens", "input_token_details.audio_tokens")
            .count(
                    Count.COMPLETION,
                    "completion_tokens",
                    "output_tokens",
                    "outputTokens",
                    "total_output_tokens",
                    "candidatesTokenCount")
            .count(
                    Count.REASONING,
                    "completion_tokens_details.reasoning_tokens",
                    "output_tokens_details.reasoning_tokens")
            .count(Count.REASONING_APART, "total_thought_tokens", "thoughtsTokenCount")
            .count(Count.AUDIO_OUT, "output_token_details.audio_tokens")
            .count(Count.TOTAL, "total_tokens")
            .count(Count.BILLED_IN, "billed_units.input_tokens")
            .count(Count.BILLED_IMAGES, "billed_units.image_tokens")
            .count(Count.BILLED_OUT, "billed_units.output_tokens")
            .count(Count.SEARCHES, "server_tool_use.web_search_requests")
            .at("cost", Kind.COST)
            .at("cost.total_cost", Kind.COST)
            .at("cost_in_usd_ticks", Kind.COST_TICKS)
            .at("service_tier", Kind.TIER);

    static final Place ANSWER = told(Place.of(Kind.USAGE_PART)
            .count(Count.PROMPT, "prompt_eval_count")
            .count(Count.COMPLETION, "eval_count")
            .at("error", Kind.ERROR)
            .at("type", Kind.TYPE)
            .attach("response", told(Place.of(Kind.PASSAGE)))
            .attach("interaction", told(Place.of(Kind.PASSAGE)))
            .attach("message", told(Place.of(Kind.PASSAGE)))
            .attach("delta", told(Place.of(Kind.PASSAGE))));

    private TunnelPlaces() {}

    private static Place told(Place place) {
        return place.attach("usage", USAGE)
                .attach("usageMetadata", USAGE)
                .attach("meta", USAGE)
                .at("model", Kind.MODEL)
                .at("modelVersion", Kind.MODEL)
                .at("service_tier", Kind.TIER)
                .at("choices.finish_reason", Kind.FINISH)
                .at("candidates.finishReason", Kind.FINISH)
                .at("finish_reason", Kind.FINISH)
                .at("done_reason", Kind.FINISH)
                .at("stop_reason", Kind.FINISH)
                .at("stopReason", Kind.FINISH);
    }
}
