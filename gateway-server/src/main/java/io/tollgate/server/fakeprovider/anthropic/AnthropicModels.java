package io.tollgate.server.fakeprovider.anthropic;

import static io.tollgate.server.fakeprovider.json.JsonText.object;

import io.tollgate.server.fakeprovider.answer.Answer;
import io.tollgate.server.fakeprovider.answer.Question;
import java.util.List;
import java.util.Map;

/** The dated names of models, and the list of them. */
public final class AnthropicModels {
    private static final Map<String, String> DATED = Map.of(
            "claude-haiku-4-5", "claude-haiku-4-5-20251001",
            "claude-sonnet-4-5", "claude-sonnet-4-5-20250929",
            "claude-opus-4-5", "claude-opus-4-5-20251101",
            "claude-sonnet-4-0", "claude-sonnet-4-20250514");
    private static final List<String> LISTED = List.of("claude-sonnet-4-5", "claude-haiku-4-5", "claude-opus-4-5");

    private AnthropicModels() {}

    /** The name in an answer. */
    static String dated(String model) {
        return DATED.getOrDefault(model, model);
    }

    /** GET /v1/models. */
    public static Answer list(Question question) {
        List<Object> rows = LISTED.stream()
                .<Object>map(model -> object(
                        "type",
                        "model",
                        "id",
                        dated(model),
                        "display_name",
                        model,
                        "created_at",
                        "2025-10-01T00:00:00Z"))
                .toList();
        return Answer.json(
                200,
                object(
                        "data",
                        rows,
                        "has_more",
                        false,
                        "first_id",
                        dated(LISTED.getFirst()),
                        "last_id",
                        dated(LISTED.getLast())));
    }
}
