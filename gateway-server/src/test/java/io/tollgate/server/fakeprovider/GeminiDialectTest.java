package io.tollgate.server.fakeprovider;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.server.fakeprovider.json.JsonObject;
import io.tollgate.server.fakeprovider.text.TokenCounter;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class GeminiDialectTest {
    private static final String MODEL = "/v1beta/models/gemini-2.5-flash";
    private static final String HELLO =
            "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"Tell me about tides\"}]}]";
    private static final TokenCounter EXACT = new TokenCounter(Integer.MAX_VALUE);
    private static FakeProvider provider;
    private static ProviderClient client;

    @BeforeAll
    static void start() {
        provider = FakeProvider.start();
        client = new ProviderClient(provider);
    }

    @AfterAll
    static void stop() {
        provider.close();
    }

    @Test
    void candidates_exclude_thoughts_and_the_total_is_the_sum() {
        JsonObject answer = ProviderClient.json(client.post(MODEL + ":generateContent", HELLO + "}"));
        JsonObject usage = answer.object("usageMetadata");

        assertThat(usage.number("candidatesTokenCount", -1)).isEqualTo(EXACT.count(text(List.of(answer))));
        assertThat(usage.number("thoughtsTokenCount", -1)).isPositive();
        assertThat(usage.number("totalTokenCount", -1))
                .isEqualTo(usage.number("promptTokenCount", 0)
                        + usage.number("candidatesTokenCount", 0)
                        + usage.number("thoughtsTokenCount", 0));
        assertThat(finish(answer)).isEqualTo("STOP");
    }

    @Test
    void a_stream_is_sse_with_crlf_and_cumulative_usage_and_no_done() {
        HttpResponse<byte[]> response = client.post(MODEL + ":streamGenerateContent?alt=sse", HELLO + "}");
        String body = ProviderClient.text(response);
        List<JsonObject> events = ProviderClient.events(response);
        JsonObject whole = ProviderClient.json(client.post(MODEL + ":generateContent", HELLO + "}"));

        assertThat(body).endsWith("}\r\n\r\n").doesNotContain("[DONE]");
        assertThat(body.replace("\r\n", "")).doesNotContain("\n");
        assertThat(text(events)).isEqualTo(text(List.of(whole)));
        assertThat(events).hasSizeGreaterThan(2).allMatch(event -> event.has("usageMetadata"));
        assertThat(events.getLast().object("usageMetadata").members())
                .isEqualTo(whole.object("usageMetadata").members());
    }

    @Test
    void without_alt_a_stream_is_one_json_array() {
        String body = ProviderClient.text(client.post(MODEL + ":streamGenerateContent", HELLO + "}"));

        assertThat(body).startsWith("[{").endsWith("}]").contains("},\r\n{");
    }

    @Test
    void the_cap_counts_thinking() {
        JsonObject answer = ProviderClient.json(client.post(
                MODEL + ":generateContent",
                HELLO + ",\"generationConfig\":{\"maxOutputTokens\":12,\"thinkingConfig\":{\"thinkingBudget\":5}}}"));
        JsonObject usage = answer.object("usageMetadata");

        assertThat(finish(answer)).isEqualTo("MAX_TOKENS");
        assertThat(usage.number("thoughtsTokenCount", -1)).isEqualTo(5);
        assertThat(usage.number("candidatesTokenCount", -1)).isEqualTo(7);
    }

    @Test
    void a_function_is_called_when_any_is_demanded() {
        JsonObject answer = ProviderClient.json(client.post(
                MODEL + ":generateContent",
                HELLO
                        + ",\"tools\":[{\"functionDeclarations\":[{\"name\":\"lookup\",\"parameters\":{\"type\":\"OBJECT\","
                        + "\"properties\":{\"id\":{\"type\":\"STRING\"}}}}]}],"
                        + "\"toolConfig\":{\"functionCallingConfig\":{\"mode\":\"ANY\"}}}"));
        JsonObject call = answer.objects("candidates")
                .getFirst()
                .object("content")
                .objects("parts")
                .getFirst()
                .object("functionCall");

        assertThat(call.string("name")).isEqualTo("lookup");
        assertThat(call.object("args").string("id")).isNotBlank();
    }

    @Test
    void counting_agrees_with_the_answer_and_errors_are_googles() {
        JsonObject counted = ProviderClient.json(client.post(MODEL + ":countTokens", HELLO + "}"));
        HttpResponse<byte[]> unknown = client.post("/v1beta/models/no-such-model:generateContent", HELLO + "}");

        assertThat(counted.number("totalTokens", -1))
                .isEqualTo(ProviderClient.json(client.post(MODEL + ":generateContent", HELLO + "}"))
                        .object("usageMetadata")
                        .number("promptTokenCount", -2));
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(ProviderClient.json(unknown).object("error").string("status"))
                .isEqualTo("NOT_FOUND");
        assertThat(client.post(MODEL + ":generateContent", "{}").statusCode()).isEqualTo(400);
        assertThat(ProviderClient.json(client.get("/v1beta/models")).objects("models"))
                .isNotEmpty();
    }

    private static String text(List<JsonObject> answers) {
        StringBuilder text = new StringBuilder();
        for (JsonObject answer : answers) {
            for (JsonObject candidate : answer.objects("candidates")) {
                candidate.object("content").objects("parts").forEach(part -> text.append(part.string("text", "")));
            }
        }
        return text.toString();
    }

    private static String finish(JsonObject answer) {
        return answer.objects("candidates").getFirst().string("finishReason", "");
    }
}
