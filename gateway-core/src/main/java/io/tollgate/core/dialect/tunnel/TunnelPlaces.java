package io.tollgate.core.dialect.tunnel;

import io.tollgate.core.dialect.answer.ScanLayout;
import io.tollgate.core.dialect.openai.usage.Fact;

/**
 * Where any provider known so far tells a usage: OpenAI's family, Anthropic's bodies behind other hosts, Gemini and its
 * interactions, Bedrock's converse, Cohere, and Ollama's own API with its counts at the top level of the last line.
 */
final class TunnelPlaces {
    static final ScanLayout<Fact> ANSWER = layout();

    private TunnelPlaces() {}

    private static ScanLayout<Fact> layout() {
        ScanLayout.Builder<Fact> answer = ScanLayout.builder();
        told(answer.itself(Fact.USAGE_PART));
        for (String within : new String[] {"response", "interaction", "message", "delta"}) {
            told(answer.in(within));
        }
        return answer.number(Fact.PROMPT, "prompt_eval_count")
                .number(Fact.COMPLETION, "eval_count")
                .string(Fact.ERROR, "error")
                .container(Fact.ERROR, "error")
                .string(Fact.TYPE, "type")
                .build();
    }

    private static void told(ScanLayout.Builder<Fact> answer) {
        usage(answer.in("usage"));
        usage(answer.in("usageMetadata"));
        usage(answer.in("meta"));
        answer.string(Fact.MODEL, "model", "modelVersion")
                .string(Fact.TIER, "service_tier")
                .string(
                        Fact.FINISH,
                        "choices.finish_reason",
                        "candidates.finishReason",
                        "finish_reason",
                        "done_reason",
                        "stop_reason",
                        "stopReason");
    }

    private static void usage(ScanLayout.Builder<Fact> usage) {
        usage.itself(Fact.USAGE_PART)
                .number(
                        Fact.PROMPT,
                        "prompt_tokens",
                        "input_tokens",
                        "inputTokens",
                        "total_input_tokens",
                        "promptTokenCount")
                .number(
                        Fact.CACHED,
                        "prompt_tokens_details.cached_tokens",
                        "input_tokens_details.cached_tokens",
                        "input_token_details.cached_tokens",
                        "total_cached_tokens",
                        "cachedContentTokenCount")
                .number(
                        Fact.CACHE_WRITE,
                        "prompt_tokens_details.cache_write_tokens",
                        "input_tokens_details.cache_write_tokens")
                .number(
                        Fact.CACHED_APART,
                        "cache_read_input_tokens",
                        "cacheReadInputTokens",
                        "cacheReadInputTokenCount")
                .number(
                        Fact.CACHE_WRITE_APART,
                        "cache_creation_input_tokens",
                        "cacheWriteInputTokens",
                        "cacheWriteInputTokenCount")
                .number(Fact.CACHE_WRITE_APART_LONG, "cache_creation.ephemeral_1h_input_tokens")
                .number(Fact.TOOL_INPUT_APART, "total_tool_use_tokens", "toolUsePromptTokenCount")
                .number(Fact.AUDIO_IN, "prompt_tokens_details.audio_tokens", "input_token_details.audio_tokens")
                .number(
                        Fact.COMPLETION,
                        "completion_tokens",
                        "output_tokens",
                        "outputTokens",
                        "total_output_tokens",
                        "candidatesTokenCount")
                .number(
                        Fact.REASONING,
                        "completion_tokens_details.reasoning_tokens",
                        "output_tokens_details.reasoning_tokens")
                .number(Fact.REASONING_APART, "total_thought_tokens", "thoughtsTokenCount")
                .number(Fact.AUDIO_OUT, "output_token_details.audio_tokens")
                .number(Fact.TOTAL, "total_tokens")
                .number(Fact.BILLED_IN, "billed_units.input_tokens")
                .number(Fact.BILLED_IMAGES, "billed_units.image_tokens")
                .number(Fact.BILLED_OUT, "billed_units.output_tokens")
                .number(Fact.SEARCHES, "server_tool_use.web_search_requests")
                .number(Fact.COST, "cost", "cost.total_cost")
                .number(Fact.COST_TICKS, "cost_in_usd_ticks")
                .string(Fact.TIER, "service_tier");
    }
}
