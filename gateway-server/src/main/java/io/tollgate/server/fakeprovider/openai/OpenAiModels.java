package io.tollgate.server.fakeprovider.openai;

import static io.tollgate.server.fakeprovider.json.JsonText.object;

import io.tollgate.server.fakeprovider.answer.Answer;
import io.tollgate.server.fakeprovider.answer.Question;
import io.tollgate.server.fakeprovider.text.Seed;
import java.util.List;
import java.util.Map;

/** The models this provider knows of: their dated names, which of them think, and the list of them. */
public final class OpenAiModels {
    private static final Map<String, String> DATED = Map.of(
            "gpt-4o", "gpt-4o-2024-08-06",
            "gpt-4o-mini", "gpt-4o-mini-2024-07-18",
            "gpt-4.1", "gpt-4.1-2025-04-14",
            "gpt-4.1-mini", "gpt-4.1-mini-2025-04-14",
            "gpt-4.1-nano", "gpt-4.1-nano-2025-04-14",
            "gpt-5", "gpt-5-2025-08-07",
            "gpt-5-mini", "gpt-5-mini-2025-08-07",
            "gpt-5-nano", "gpt-5-nano-2025-08-07",
            "o3", "o3-2025-04-16",
            "gpt-3.5-turbo", "gpt-3.5-turbo-0125");
    private static final List<String> LISTED = List.of(
            "gpt-4o", "gpt-4o-mini", "gpt-4.1", "gpt-4.1-mini", "gpt-5", "gpt-5-mini", "text-embedding-3-small");

    private OpenAiModels() {}

    /** The name in an answer. */
    static String dated(String model) {
        return DATED.getOrDefault(model, model);
    }

    /** Whether a model thinks before it answers; such models refuse {@code max_tokens}. */
    static boolean thinks(String model) {
        return model.matches("o\\d.*") || (model.matches("gpt-([5-9]|\\d\\d).*") && !model.contains("-chat"));
    }

    /** Tokens it thinks for this prompt: a multiple of 64, none at the lowest efforts. */
    static int reasoning(String model, String text, String effort) {
        if (!thinks(model) || effort.equals("none") || effort.equals("minimal")) {
            return 0;
        }
        return 64 * (1 + Seed.below(Seed.of(text), effort.equals("high") ? 16 : 4));
    }

    /** GET /v1/models. */
    public static Answer list(Question question) {
        List<Object> rows = LISTED.stream().<Object>map(OpenAiModels::row).toList();
        return Answer.json(200, object("object", "list", "data", rows));
    }

    /** GET /v1/models/{model}. */
    public static Answer one(String model) {
        return model.startsWith("no-such-") ? OpenAiErrors.noSuchModel(model) : Answer.json(200, row(model));
    }

    private static Object row(String model) {
        return object("id", model, "object", "model", "created", 1_715_367_049, "owned_by", "system");
    }
}
