package io.tollgate.routing.shaping;

import io.tollgate.core.dialect.Dialect;
import io.tollgate.core.dialect.Endpoint;
import io.tollgate.core.dialect.Operation;
import io.tollgate.core.dialect.RequestFacts;
import io.tollgate.core.dialect.anthropic.AnthropicDialect;
import io.tollgate.core.dialect.gemini.GeminiDialect;
import io.tollgate.core.dialect.openaichat.OpenAiChatDialect;
import io.tollgate.core.dialect.openairesponses.OpenAiResponsesDialect;
import io.tollgate.core.http.RequestBody;
import io.tollgate.core.http.SplicedBody;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A request in one of the four dialects, read as the gateway reads it. */
public record Request(String dialect, RequestBody body, RequestFacts facts) {
    private static final Map<String, Endpoint> ENDPOINTS = Map.of(
            "openai-chat", endpoint(new OpenAiChatDialect(), "/v1/chat/completions"),
            "openai-responses", endpoint(new OpenAiResponsesDialect(), "/v1/responses"),
            "anthropic", endpoint(new AnthropicDialect(), "/v1/messages"),
            "gemini", endpoint(new GeminiDialect(), "/v1beta/models/gemini-2.5-pro:generateContent"));

    /** All four. */
    public static final List<String> DIALECTS = List.of("openai-chat", "openai-responses", "anthropic", "gemini");

    private static Endpoint endpoint(Dialect dialect, String path) {
        return new Endpoint(dialect, Operation.GENERATE, null, path, null, false);
    }

    public static Request of(String dialect, String json) {
        RequestBody body = RequestBody.of(json.getBytes(StandardCharsets.UTF_8));
        Endpoint endpoint = Objects.requireNonNull(ENDPOINTS.get(dialect));
        return new Request(dialect, body, endpoint.dialect().read(endpoint, body));
    }

    /** Whether user and model must take turns. */
    public boolean alternating() {
        return !dialect.startsWith("openai");
    }

    /** Four bytes a token. */
    public long tokens() {
        return Math.max(1, facts.textBytes() / 4);
    }

    Shaped shaped(Levers levers) {
        return Shaper.shape(facts, body, levers, tokens(), alternating(), null);
    }

    String after(Levers levers) {
        return new String(new SplicedBody(body, shaped(levers).edits()).toBytes(), StandardCharsets.UTF_8);
    }

    /** The turns as they are written. */
    public List<String> turns() {
        return facts.turns().stream().map(turn -> body.text(turn.span())).toList();
    }

    public String text() {
        return new String(body.array(), StandardCharsets.UTF_8);
    }
}
