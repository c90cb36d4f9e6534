package io.tollgate.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.genai.JsonSerializable;
import com.google.genai.types.Content;
import com.google.genai.types.GenerateContentParameters;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.responses.ResponseCreateParams;
import io.tollgate.server.gateway.RawCaller;
import io.tollgate.server.gateway.TestGateway;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every recorded request of real callers, shaped as much as can be: the official SDKs' own request types still read it. */
@ExtendWith(NoLeaks.class)
class ShapedRecordingsTest {
    private static final Logger log = LoggerFactory.getLogger(ShapedRecordingsTest.class);
    private static final String LEVERS = """
            shaping:
              history: {max_turns: 1}
              trim: {enabled: true}
              truncate: {max_input_tokens: 20, strategy: STRATEGY}
            """;

    @Test
    void a_shaped_recorded_request_is_still_accepted_by_the_official_sdks_request_types() throws Exception {
        Path folder = Recording.folder();
        assumeThat(folder)
                .as("skipped: no folder shared/recorded beside the checkout (TOLLGATE_SHARED names it elsewhere)")
                .isNotNull();
        if (folder == null) {
            return;
        }
        List<Recording> calls = Recording.all(folder).stream()
                .filter(call -> call.method().equals("POST") && call.body().length > 0)
                .filter(call -> List.of("openai-chat", "openai-responses", "anthropic", "gemini")
                        .contains(call.dialect()))
                .toList();
        Map<String, int[]> counts = new TreeMap<>();
        for (String strategy : List.of("relevant", "paragraphs", "middle")) {
            try (TestGateway gateway =
                            TestGateway.start(ReplayTest.providers(calls) + LEVERS.replace("STRATEGY", strategy));
                    RawCaller caller = new RawCaller(gateway.port())) {
                for (Recording call : calls) {
                    gateway.provider().reset();
                    gateway.provider().enqueue(ReplayTest.played(call, new Random(1)));
                    caller.say(new String(ReplayTest.request(call), StandardCharsets.ISO_8859_1))
                            .answer();
                    String shaped = gateway.provider().requests().last().bodyText();
                    String before = new String(call.body(), StandardCharsets.UTF_8);
                    int[] count = counts.computeIfAbsent(call.dialect(), dialect -> new int[3]);
                    count[0]++;
                    count[1] += shaped.length() < before.length() ? 1 : 0;
                    String against = refusal(call, before);
                    count[2] += against == null ? 1 : 0;
                    assertThat(refusal(call, shaped))
                            .as("%s\n%s\n%s", call, before, shaped)
                            .isIn(against, null);
                }
            }
        }
        counts.forEach((dialect, count) -> log.info(
                "{}: {} sent, {} shorter, {} accepted before and after", dialect, count[0], count[1], count[2]));
        assertThat(counts.values()).hasSize(4).allSatisfy(count -> {
            assertThat(count[1]).isPositive();
            assertThat(count[2]).isGreaterThan(count[0] / 2);
        });
    }

    /** What the SDK has against a request, or null: of a few recordings it has something before they are shaped. */
    private static @Nullable String refusal(Recording call, String json) {
        try {
            switch (call.dialect()) {
                case "openai-chat" ->
                    com.openai.core.ObjectMappers.jsonMapper()
                            .readValue(ofKnownModel(json), ChatCompletionCreateParams.Body.class)
                            .validate();
                case "openai-responses" ->
                    com.openai.core.ObjectMappers.jsonMapper()
                            .readValue(ofKnownModel(json), ResponseCreateParams.Body.class)
                            .validate();
                case "anthropic" ->
                    com.anthropic.core.ObjectMappers.jsonMapper()
                            .readValue(json, com.anthropic.models.messages.MessageCreateParams.Body.class)
                            .validate();
                default -> gemini(json);
            }
            return null;
        } catch (RuntimeException | com.fasterxml.jackson.core.JsonProcessingException e) {
            return Objects.requireNonNullElse(e.getMessage(), "?")
                    .lines()
                    .findFirst()
                    .orElse("?");
        }
    }

    /** Other hosts' models are unknown to the SDK, and it wants to be told that a message is one. */
    private static String ofKnownModel(String json) {
        ObjectNode request = (ObjectNode) JsonSerializable.stringToJsonNode(json);
        request.put("model", "gpt-4o");
        for (JsonNode item : request.path("input")) {
            if (item instanceof ObjectNode object && !object.has("type")) {
                object.put("type", "message");
            }
        }
        return request.toString();
    }

    /** The types the SDK sends. */
    private static void gemini(String json) {
        JsonNode request = JsonSerializable.stringToJsonNode(json);
        for (JsonNode content : request.path("contents")) {
            if (Content.fromJson(content.toString()).parts().isEmpty()) {
                throw new IllegalArgumentException("no parts");
            }
        }
        JsonNode system = request.path("systemInstruction");
        if (system.isObject()) {
            Content.fromJson(system.toString());
        }
        GenerateContentParameters.fromJson("{\"contents\":" + request.path("contents") + "}");
    }
}
