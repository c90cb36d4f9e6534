package io.tollgate.server.fakeprovider.openai;

import static io.tollgate.server.fakeprovider.json.JsonText.object;

import io.tollgate.server.fakeprovider.answer.Draft;
import io.tollgate.server.fakeprovider.answer.House;
import io.tollgate.server.fakeprovider.answer.Prompt;
import io.tollgate.server.fakeprovider.answer.UsageMode;
import java.util.List;

/**
 * The counts of one answer.
 *
 * @param input prompt tokens, cached ones included
 * @param cached of which cached
 * @param output tokens generated, thinking included
 * @param reasoning of which thinking
 */
record OpenAiUsage(int input, int cached, int output, int reasoning) {
    private static final int TOKENS_PER_MESSAGE = 4;
    private static final int TOKENS_TO_PRIME = 3;
    private static final int TOKENS_PER_IMAGE = 85;

    static OpenAiUsage count(House house, Prompt prompt, List<Draft> drafts, UsageMode mode) {
        int input = house.counter().count(prompt.text())
                + prompt.messages() * TOKENS_PER_MESSAGE
                + TOKENS_TO_PRIME
                + prompt.images() * TOKENS_PER_IMAGE;
        int cached = house.cachedTokens(prompt, input);
        return mode == UsageMode.ZERO
                ? new OpenAiUsage(0, 0, 0, 0)
                : new OpenAiUsage(
                        input,
                        cached,
                        drafts.stream().mapToInt(Draft::outputTokens).sum(),
                        drafts.stream().mapToInt(Draft::reasoningTokens).sum());
    }

    /** As chat and legacy completions tell it. */
    Object ofChat() {
        return object(
                "prompt_tokens",
                input,
                "completion_tokens",
                output,
                "total_tokens",
                input + output,
                "prompt_tokens_details",
                object("cached_tokens", cached, "audio_tokens", 0),
                "completion_tokens_details",
                object(
                        "reasoning_tokens", reasoning,
                        "audio_tokens", 0,
                        "accepted_prediction_tokens", 0,
                        "rejected_prediction_tokens", 0));
    }

    /** As the Responses API tells it. */
    Object ofResponses() {
        return object(
                "input_tokens",
                input,
                "input_tokens_details",
                object("cached_tokens", cached),
                "output_tokens",
                output,
                "output_tokens_details",
                object("reasoning_tokens", reasoning),
                "total_tokens",
                input + output);
    }
}
