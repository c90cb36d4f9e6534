package io.tollgate.server.fakeprovider;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.server.fakeprovider.json.JsonObject;
import io.tollgate.server.fakeprovider.text.TokenCounter;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AnthropicDialectTest {
    private static final String HELLO = "{\"model\":\"claude-haiku-4-5\",\"max_tokens\":4096,\"messages\":[{\"role\":"
            + "\"user\",\"content\":\"Tell me about tides\"}]";
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
    void a_plain_message_counts_the_tokens_of_its_own_text() {
        HttpResponse<byte[]> response = client.post("/v1/messages", HELLO + "}");
        JsonObject message = ProviderClient.json(response);

        assertThat(response.headers().firstValue("request-id")).isPresent();
        assertThat(message.string("model")).isEqualTo("claude-haiku-4-5-20251001");
        assertThat(message.string("stop_reason")).isEqualTo("end_turn");
        assertThat(message.object("usage").number("output_tokens", -1))
                .isEqualTo(EXACT.count(message.objects("content").getFirst().string("text", "")));
        assertThat(message.object("usage").number("cache_creation_input_tokens", -1))
                .isZero();
    }

    @Test
    void a_stream_has_its_events_in_order_named_as_their_type() {
        HttpResponse<byte[]> response = client.post("/v1/messages", HELLO + ",\"stream\":true}");
        List<String> types = new ArrayList<>();
        for (JsonObject event : ProviderClient.events(response)) {
            String type = event.string("type", "");
            if (types.isEmpty() || !types.getLast().equals(type)) {
                types.add(type);
            }
            assertThat(ProviderClient.text(response)).contains("event: " + type + "\n");
        }

        assertThat(types)
                .containsExactly(
                        "message_start",
                        "content_block_start",
                        "ping",
                        "content_block_delta",
                        "content_block_stop",
                        "message_delta",
                        "message_stop");
        assertThat(ProviderClient.text(response)).endsWith("}\n\n");
    }

    @Test
    void the_usage_of_a_stream_is_cumulative_and_the_cache_details_stand_at_its_start() {
        List<JsonObject> events = ProviderClient.events(client.post("/v1/messages", HELLO + ",\"stream\":true}"));
        JsonObject start = events.getFirst().object("message").object("usage");
        JsonObject delta = events.get(events.size() - 2).object("usage");

        assertThat(start.has("cache_creation")).isTrue();
        assertThat(delta.has("cache_creation")).isFalse();
        assertThat(delta.number("input_tokens", -1)).isEqualTo(start.number("input_tokens", -2));
        assertThat(delta.number("output_tokens", -1)).isEqualTo(EXACT.count(streamed(events)));
    }

    @Test
    void the_cap_ends_a_message() {
        JsonObject message = ProviderClient.json(client.post("/v1/messages", HELLO.replace("4096", "9") + "}"));

        assertThat(message.string("stop_reason")).isEqualTo("max_tokens");
        assertThat(message.object("usage").number("output_tokens", -1)).isEqualTo(9);
    }

    @Test
    void a_marked_prompt_is_written_to_the_cache_first_and_read_from_it_then() {
        String system = "{\"type\":\"text\",\"text\":\"" + "All rules of the house. ".repeat(600)
                + "\",\"cache_control\":{\"type\":\"ephemeral\",\"ttl\":\"1h\"}}";
        JsonObject first = usage(client.post("/v1/messages", HELLO + ",\"system\":[" + system + "]}"));
        JsonObject second = usage(client.post("/v1/messages", HELLO + ",\"system\":[" + system + "]}"));

        assertThat(first.object("cache_creation").number("ephemeral_1h_input_tokens", -1))
                .isPositive()
                .isEqualTo(first.number("cache_creation_input_tokens", -2));
        assertThat(first.number("cache_read_input_tokens", -1)).isZero();
        assertThat(second.number("cache_read_input_tokens", -1))
                .isEqualTo(first.number("cache_creation_input_tokens", -2));
        assertThat(second.number("cache_creation_input_tokens", -1)).isZero();
        assertThat(second.number("input_tokens", -1)).isEqualTo(first.number("input_tokens", -2));
    }

    @Test
    void thinking_comes_first_when_asked_for_and_counts_as_output() {
        String thinking = HELLO + ",\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":1024}";
        JsonObject message = ProviderClient.json(client.post("/v1/messages", thinking + "}"));
        List<JsonObject> events = ProviderClient.events(client.post("/v1/messages", thinking + ",\"stream\":true}"));
        List<JsonObject> content = message.objects("content");

        assertThat(content).extracting(block -> block.string("type")).containsExactly("thinking", "text");
        assertThat(message.object("usage").number("output_tokens", -1))
                .isEqualTo(EXACT.count(content.get(0).string("thinking", ""))
                        + EXACT.count(content.get(1).string("text", "")));
        assertThat(events)
                .anyMatch(event -> event.object("delta").string("type", "").equals("signature_delta"));
    }

    @Test
    void a_tool_is_used_when_any_is_demanded() {
        String tools = ",\"tools\":[{\"name\":\"lookup\",\"input_schema\":{\"type\":\"object\",\"properties\":"
                + "{\"id\":{\"type\":\"integer\"}}}}],\"tool_choice\":{\"type\":\"any\"}";
        JsonObject message = ProviderClient.json(client.post("/v1/messages", HELLO + tools + "}"));
        List<JsonObject> events =
                ProviderClient.events(client.post("/v1/messages", HELLO + tools + ",\"stream\":true}"));
        StringBuilder json = new StringBuilder();
        events.forEach(event -> json.append(event.object("delta").string("partial_json", "")));

        assertThat(message.string("stop_reason")).isEqualTo("tool_use");
        assertThat(message.objects("content").getFirst().object("input").get("id"))
                .isInstanceOf(Long.class);
        assertThat(json.toString()).matches("\\{\"id\":\\d+}");
    }

    @Test
    void counting_tokens_agrees_with_the_answer() {
        JsonObject counted = ProviderClient.json(client.post("/v1/messages/count_tokens", HELLO + "}"));

        assertThat(counted.number("input_tokens", -1))
                .isEqualTo(usage(client.post("/v1/messages", HELLO + "}")).number("input_tokens", -2));
    }

    @Test
    void wrong_requests_get_the_dialects_errors() {
        HttpResponse<byte[]> unknown =
                client.post("/v1/messages", HELLO.replace("claude-haiku-4-5", "no-such-model") + "}");
        HttpResponse<byte[]> uncapped = client.post("/v1/messages", HELLO.replace("\"max_tokens\":4096,", "") + "}");
        HttpResponse<byte[]> sampled =
                client.post("/v1/messages", HELLO + ",\"temperature\":0.5}", "anthropic-version", "2026-10-21");

        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(ProviderClient.json(unknown).object("error").string("type")).isEqualTo("not_found_error");
        assertThat(uncapped.statusCode()).isEqualTo(400);
        assertThat(ProviderClient.text(uncapped)).contains("max_tokens: Field required");
        assertThat(sampled.statusCode()).isEqualTo(400);
    }

    @Test
    void models_are_listed_in_the_dialect_when_the_version_header_is_sent() {
        JsonObject list = ProviderClient.json(client.get("/v1/models", "anthropic-version", "2023-06-01"));

        assertThat(list.objects("data").getFirst().string("type")).isEqualTo("model");
    }

    private static JsonObject usage(HttpResponse<byte[]> response) {
        return ProviderClient.json(response).object("usage");
    }

    private static String streamed(List<JsonObject> events) {
        StringBuilder text = new StringBuilder();
        events.forEach(event -> text.append(event.object("delta").string("text", "")));
        return text.toString();
    }
}
