package io.tollgate.cache.key;

import static io.tollgate.cache.key.BypassReason.BACKGROUND;
import static io.tollgate.cache.key.BypassReason.LOGPROBS;
import static io.tollgate.cache.key.BypassReason.N;
import static io.tollgate.cache.key.BypassReason.REMOTE_CONTENT;
import static io.tollgate.cache.key.BypassReason.SERVER_STATE;
import static io.tollgate.cache.key.BypassReason.TEMPERATURE;
import static io.tollgate.cache.key.BypassReason.TOOLS;
import static io.tollgate.cache.key.BypassReason.WEB_SEARCH;

import io.tollgate.cache.key.Watch.Test;
import org.jspecify.annotations.Nullable;

/**
 * The rules of each dialect. Sources: the providers' API references, OpenAI's and Anthropic's SDK types, recorded
 * requests.
 *
 * <p>Kept in the key though one might think otherwise: {@code store} (an answer that was not stored has an id nobody can
 * continue from), {@code seed}, {@code inference_geo} (where the data may go), {@code encoding_format} (SDKs add it and
 * decode by it), caps on output.
 */
final class DialectRules {
    private static final RequestRules CHAT = withMedia(openAi())
            .leaveOut(
                    "messages.cache_control",
                    "messages.content.cache_control",
                    "messages.content.prompt_cache_breakpoint")
            .bypass(TOOLS, Test.PRESENT, "functions")
            // OpenAI's search models, xAI's live search, OpenRouter's web plugin.
            .bypass(WEB_SEARCH, Test.PRESENT, "web_search_options", "search_parameters", "plugins")
            .bypass(LOGPROBS, Test.PRESENT, "logprobs")
            .bypass(LOGPROBS, Test.ABOVE_ZERO, "top_logprobs")
            // A spoken answer is kept by the provider for an hour and continued by its id.
            .bypassWord(SERVER_STATE, "modalities", "audio")
            .bypass(SERVER_STATE, Test.PRESENT, "messages.audio")
            .build();

    private static final RequestRules RESPONSES = withMedia(openAi())
            .leaveOut("input.content.prompt_cache_breakpoint")
            .bypass(SERVER_STATE, Test.PRESENT, "previous_response_id", "conversation", "prompt", "container")
            .bypassWord(SERVER_STATE, "input.type", "item_reference")
            .bypass(BACKGROUND, Test.PRESENT, "background")
            .bypass(LOGPROBS, Test.ABOVE_ZERO, "top_logprobs")
            .bypassWord(LOGPROBS, "include", "message.output_text.logprobs")
            .build();

    private static final RequestRules COMPLETIONS = openAi().bypass(LOGPROBS, Test.PRESENT, "logprobs")
            .bypass(N, Test.SEVERAL, "prompt")
            .build();

    private static final RequestRules EMBEDDINGS = withMedia(openAi()).build();

    private static final RequestRules ANTHROPIC = withMedia(RequestRules.builder())
            // The model is a part of its own; framing; who is asking; how fast; where the prompt cache is cut.
            .leaveOut("model", "stream", "metadata", "service_tier")
            .leaveOut("cache_control", "system.cache_control", "messages.content.cache_control")
            .leaveOut("messages.content.content.cache_control")
            .bypass(TEMPERATURE, Test.ABOVE_ZERO, "temperature")
            .bypass(TOOLS, Test.PRESENT, "tools", "mcp_servers")
            .bypass(SERVER_STATE, Test.PRESENT, "container")
            .build();

    private static final RequestRules GEMINI = RequestRules.builder()
            // The path names the model, and the body's must be the same; labels are Vertex AI's billing tags.
            .leaveOut("model", "labels", "serviceTier", "service_tier")
            .bypass(TEMPERATURE, Test.ABOVE_ZERO, "generationConfig.temperature", "generation_config.temperature")
            .bypass(TOOLS, Test.PRESENT, "tools")
            .bypass(SERVER_STATE, Test.PRESENT, "cachedContent", "cached_content")
            .bypass(LOGPROBS, Test.PRESENT, "generationConfig.responseLogprobs", "generationConfig.response_logprobs")
            .bypass(LOGPROBS, Test.PRESENT, "generation_config.responseLogprobs", "generation_config.response_logprobs")
            .bypass(LOGPROBS, Test.ABOVE_ZERO, "generationConfig.logprobs", "generation_config.logprobs")
            .bypassAnywhere(REMOTE_CONTENT, Test.PRESENT, "fileUri", "file_uri")
            .build();

    private DialectRules() {}

    /** The rules of the dialect with this name; null where its answers are not kept. */
    static @Nullable RequestRules of(String dialect) {
        return switch (dialect) {
            case "openai-chat" -> CHAT;
            case "openai-responses" -> RESPONSES;
            case "openai-completions" -> COMPLETIONS;
            case "openai-embeddings" -> EMBEDDINGS;
            case "anthropic" -> ANTHROPIC;
            case "gemini" -> GEMINI;
            default -> null;
        };
    }

    private static RequestRules.Builder openAi() {
        return RequestRules.builder()
                // A part of its own: in Azure's paths the deployment counts and the body's model does not.
                .leaveOut("model")
                // How the answer is framed, not what it says.
                .leaveOut("stream", "stream_options")
                // Who is asking. Responses repeat some of these; a replay repeats the first caller's.
                .leaveOut("user", "safety_identifier", "metadata")
                // What it costs and how long it takes.
                .leaveOut("service_tier")
                // The provider's prefix cache.
                .leaveOut("prompt_cache_key", "prompt_cache_retention", "prompt_cache_options")
                .bypass(TEMPERATURE, Test.ABOVE_ZERO, "temperature")
                .bypass(TOOLS, Test.PRESENT, "tools");
    }

    /** Files and addresses by whichever block brings them; a name counts wherever it stands, so that no new block slips by. */
    private static RequestRules.Builder withMedia(RequestRules.Builder rules) {
        return rules.bypassAnywhere(REMOTE_CONTENT, Test.PRESENT, "file_id", "file_ids")
                .bypassAnywhere(REMOTE_CONTENT, Test.REMOTE, "image_url", "image_url.url", "video_url", "video_url.url")
                .bypassAnywhere(REMOTE_CONTENT, Test.REMOTE, "audio_url", "audio_url.url", "document_url")
                .bypassAnywhere(
                        REMOTE_CONTENT, Test.REMOTE, "file_url", "file_data", "source.url", "image", "input.image");
    }
}
