package io.tollgate.core.tokens;

import io.tollgate.core.dialect.Dialect;
import io.tollgate.core.dialect.Endpoint;
import io.tollgate.core.dialect.Operation;
import io.tollgate.core.dialect.anthropic.AnthropicDialect;
import io.tollgate.core.dialect.gemini.GeminiDialect;
import io.tollgate.core.dialect.openaichat.OpenAiChatDialect;
import io.tollgate.core.dialect.openairesponses.OpenAiResponsesDialect;
import io.tollgate.core.http.RequestBody;
import java.nio.charset.StandardCharsets;

/** Requests of tests: JSON with single quotes. */
final class Requests {
    private Requests() {}

    static long chat(String model, String json) {
        return estimate(new OpenAiChatDialect(), "/v1/chat/completions", model, json);
    }

    static long responses(String model, String json) {
        return estimate(new OpenAiResponsesDialect(), "/v1/responses", model, json);
    }

    static long anthropic(String model, String json) {
        return estimate(new AnthropicDialect(), "/v1/messages", model, json);
    }

    static long gemini(String model, String json) {
        return estimate(new GeminiDialect(), "/v1beta/models/m:generateContent", model, json);
    }

    static long vertex(String model, String json) {
        return estimate(
                new GeminiDialect(),
                "/v1/projects/p/locations/l/publishers/google/models/m:generateContent",
                model,
                json);
    }

    private static long estimate(Dialect dialect, String path, String model, String json) {
        return InputEstimator.estimate(endpoint(dialect, path), body(json), model);
    }

    static Endpoint endpoint(Dialect dialect, String path) {
        return new Endpoint(dialect, Operation.GENERATE, null, path, null, false);
    }

    static RequestBody body(String json) {
        return RequestBody.of(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }
}
