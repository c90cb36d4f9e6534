package io.tollgate.server.fakeprovider.gemini;

import static io.tollgate.server.fakeprovider.json.JsonText.object;

import io.tollgate.server.fakeprovider.answer.Answer;
import io.tollgate.server.fakeprovider.answer.Question;
import java.util.List;

/** GET /v1beta/models. */
public final class GeminiModels {
    private static final List<String> LISTED = List.of("gemini-2.5-pro", "gemini-2.5-flash", "gemini-2.5-flash-lite");

    private GeminiModels() {}

    /** The list. */
    public static Answer list(Question question) {
        List<Object> rows = LISTED.stream()
                .<Object>map(model -> object(
                        "name",
                        "models/" + model,
                        "version",
                        "001",
                        "displayName",
                        model,
                        "inputTokenLimit",
                        1_048_576,
                        "outputTokenLimit",
                        65_536,
                        "supportedGenerationMethods",
                        List.of("generateContent", "countTokens")))
                .toList();
        return Answer.json(200, object("models", rows)).withContentType("application/json; charset=UTF-8");
    }
}
