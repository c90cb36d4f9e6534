package io.tollgate.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.genai.JsonSerializable;
import com.google.genai.types.Content;
import com.google.genai.types.GenerateContentParameters;
import com.google.genai.types.GenerationConfig;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.responses.ResponseCreateParams;
import io.tollgate.server.fakeprovider.behaviour.Behaviour;
import io.tollgate.server.fakeprovider.traffic.ReceivedRequest;
import io.tollgate.server.gateway.RawAnswer;
import io.tollgate.server.gateway.RawCaller;
import io.tollgate.server.gateway.TestGateway;
import java.io.IOException;
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
    private static final String SUMMARIES = """
            shaping:
              history: {max_turns: 1, step: 1, summary: {model: gpt-4o-mini, max_tokens: 16}}
              json_mode: {tasks: [extract]}
              rules:
                - {match: {provider: anthropic}, history: {max_turns: 1, step: 1, summary: {model: claude-haiku-4-5, max_tokens: 16}}}
                - {match: {provider: [gemini, vertex]}, history: {max_turns: 1, step: 1, summary: {model: gemini-2.0-flash, max_tokens: 16}}}
            """;
    private static final String WRITER = "You keep the minutes";

    private static List<Recording> recorded() throws IOException {
        Path folder = Recording.folder();
        assumeThat(folder)
                .as("skipped: no folder shared/recorded beside the checkout (TOLLGATE_SHARED names it elsewhere)")
                .isNotNull();
        return folder == null
                ? List.of()
                : Recording.all(folder).stream()
                        .filter(call -> call.method().equals("POST") && call.body().length > 0)
                        .filter(call -> List.of("openai-chat", "openai-responses", "anthropic", "gemini")
                                .contains(call.dialect()))
                        .toList();
    }

    /** Each is sent twice; the second one has the summary that the first one asked for. */
    @Test
    void so_is_one_that_has_a_summary_or_json_mode_and_the_request_for_the_summary() throws Exception {
        List<Recording> calls = recorded();
        Map<String, int[]> counts = new TreeMap<>();
        try (TestGateway gateway = TestGateway.start(ReplayTest.providers(calls) + SUMMARIES);
                RawCaller caller = new RawCaller(gateway.port())) {
            gateway.provider().rules().otherwise(Behaviour.reply().text("They \"agreed\".\nAll is well."));
            for (Recording call : calls) {
                int[] count = counts.computeIfAbsent(call.dialect(), dialect -> new int[3]);
                gateway.provider().requests().clear();
                RawAnswer answer = answer(caller, call);
                String before = new String(call.body(), StandardCharsets.UTF_8);
                String shape = Objects.requireNonNullElse(answer.header("x-tollgate-shape"), "");
                assertAccepted(call, before, sent(gateway, false));
                count[2] += shape.contains("json_mode") ? 1 : 0;
                if (!shape.contains("history=") || !isSummed(gateway)) {
                    continue;
                }
                assertThat(refusal(call, sent(gateway, true)))
                        .as(call.toString())
                        .isNull();
                count[0]++;
                gateway.provider().requests().clear();
                assertThat(answer(caller, call).header("x-tollgate-shape")).contains("; summary");
                String second = sent(gateway, false);
                assertThat(second).as(call.toString()).contains("earlier_turns_summary");
                assertAccepted(call, before, second);
                count[1] += refusal(call, before) == null ? 1 : 0;
            }
        }
        counts.forEach((dialect, count) -> log.info(
                "{}: {} with a summary, {} of them accepted before and after; {} in JSON mode",
                dialect,
                count[0],
                count[1],
                count[2]));
        assertThat(counts.values())
                .hasSize(4)
                .allSatisfy(count -> assertThat(count[1]).isPositive());
    }

    private static RawAnswer answer(RawCaller caller, Recording call) throws Exception {
        String request = new String(ReplayTest.request(call), StandardCharsets.ISO_8859_1);
        caller.say(request.replaceFirst("\r\n", "\r\nx-tollgate-task: extract\r\n"));
        return caller.answer();
    }

    /** What the provider was sent: the call, or the request for its summary. */
    private static String sent(TestGateway gateway, boolean summary) {
        return gateway.provider().requests().all().stream()
                .map(ReceivedRequest::bodyText)
                .filter(text -> text.contains(WRITER) == summary)
                .findFirst()
                .orElseThrow();
    }

    /** Waits for the summary of the call before, if it was worth one. */
    private static boolean isSummed(TestGateway gateway) throws Exception {
        await().atMost(TestGateway.SOON).until(() -> metric(gateway, "summaries_under_way") == 0);
        assertThat(metric(gateway, "summaries_total{event=\"failed\"}")).isZero();
        return gateway.provider().requests().all().stream()
                .anyMatch(request -> request.bodyText().contains(WRITER));
    }

    private static double metric(TestGateway gateway, String name) throws Exception {
        return gateway.get(gateway.server().adminUrl() + "/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("tollgate_shaping_" + name))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    /** As the SDK took it before, or had the same against it. */
    private static void assertAccepted(Recording call, String before, String shaped) {
        assertThat(refusal(call, shaped)).as("%s\n%s\n%s", call, before, shaped).isIn(refusal(call, before), null);
    }

    @Test
    void a_shaped_recorded_request_is_still_accepted_by_the_official_sdks_request_types() throws Exception {
        List<Recording> calls = recorded();
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
                    count[2] += refusal(call, before) == null ? 1 : 0;
                    assertAccepted(call, before, shaped);
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
        JsonNode config = request.path("generationConfig");
        if (config.isObject()) {
            GenerationConfig.fromJson(config.toString());
        }
        GenerateContentParameters.fromJson("{\"contents\":" + request.path("contents") + "}");
    }
}
