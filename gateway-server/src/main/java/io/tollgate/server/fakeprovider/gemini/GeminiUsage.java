package io.tollgate.server.fakeprovider.gemini;

import static io.tollgate.server.fakeprovider.json.JsonText.object;

import io.tollgate.server.fakeprovider.answer.House;
import io.tollgate.server.fakeprovider.answer.Prompt;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The counts of one answer.
 *
 * @param prompt prompt tokens, cached ones included
 * @param cached of which cached
 * @param thoughts tokens of thinking, which the candidates' count leaves out
 */
record GeminiUsage(int prompt, int cached, int thoughts) {
    private static final int TOKENS_PER_IMAGE = 258;

    static final GeminiUsage ZERO = new GeminiUsage(0, 0, 0);

    static int total(House house, Prompt prompt) {
        return house.counter().count(prompt.text()) + prompt.images() * TOKENS_PER_IMAGE;
    }

    static GeminiUsage count(House house, Prompt prompt, int thoughts) {
        int total = total(house, prompt);
        return new GeminiUsage(total, house.cachedTokens(prompt, total), thoughts);
    }

    Map<String, @Nullable Object> with(int candidates) {
        Map<String, @Nullable Object> usage = object("promptTokenCount", prompt);
        if (candidates > 0) {
            usage.put("candidatesTokenCount", candidates);
        }
        usage.put("totalTokenCount", prompt + candidates + thoughts);
        if (cached > 0) {
            usage.put("cachedContentTokenCount", cached);
        }
        usage.put("promptTokensDetails", List.of(object("modality", "TEXT", "tokenCount", prompt)));
        if (thoughts > 0) {
            usage.put("thoughtsTokenCount", thoughts);
        }
        return usage;
    }
}
