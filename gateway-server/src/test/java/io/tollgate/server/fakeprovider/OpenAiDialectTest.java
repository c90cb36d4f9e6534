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

class OpenAiDialectTest {
    private static final String HELLO =
            "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"Tell me about tides\"}]";
    private static final String TOOLS = ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"get_weather\","
            + "\"parameters\":{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"},"
            + "\"unit\":{\"type\":\"string\",\"enum\":[\"celsius\",\"fahrenheit\"]}}}}}]";
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
    void a_plain_chat_answer_counts_the_tokens_of_its_own_text() {
        HttpResponse<byte[]> response = client.post("/v1/chat/completions", HELLO + "}");
        JsonObject answer = ProviderClient.json(response);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("x-request-id")).isPresent();
        assertThat(response.headers().firstValue("x-ratelimit-remaining-tokens"))
                .isPresent();
        assertThat(answer.string("object")).isEqualTo("chat.completion");
        assertThat(answer.string("model")).isEqualTo("gpt-4o-2024-08-06");
        JsonObject choice = answer.objects("choices").getFirst();
        assertThat(choice.string("finish_reason")).isEqualTo("stop");
        JsonObject usage = answer.object("usage");
        assertThat(usage.number("completion_tokens", -1))
                .isEqualTo(EXACT.count(choice.object("message").string("content", "")));
        assertThat(usage.number("total_tokens", -1))
                .isEqualTo(usage.number("prompt_tokens", -1) + usage.number("completion_tokens", -1));
    }

    @Test
    void the_same_prompt_gets_the_same_text() {
        assertThat(content(client.post("/v1/chat/completions", HELLO + "}")))
                .isEqualTo(content(client.post("/v1/chat/completions", HELLO + "}")))
                .isNotEmpty();
    }

    @Test
    void a_stream_says_what_the_plain_answer_says_and_ends_with_done() {
        HttpResponse<byte[]> response = client.post("/v1/chat/completions", HELLO + ",\"stream\":true}");
        List<JsonObject> events = ProviderClient.events(response);

        assertThat(ProviderClient.text(response)).endsWith("data: [DONE]\n\n");
        assertThat(streamed(events)).isEqualTo(content(client.post("/v1/chat/completions", HELLO + "}")));
        assertThat(events).noneMatch(event -> event.has("usage"));
        assertThat(events.getLast().objects("choices").getFirst().string("finish_reason"))
                .isEqualTo("stop");
    }

    @Test
    void usage_comes_in_one_event_without_choices_when_asked_for() {
        List<JsonObject> events = ProviderClient.events(client.post(
                "/v1/chat/completions", HELLO + ",\"stream\":true,\"stream_options\":{\"include_usage\":true}}"));

        assertThat(events).allMatch(event -> event.has("usage"));
        assertThat(events.subList(0, events.size() - 1)).allMatch(event -> event.get("usage") == null);
        assertThat(events.getLast().list("choices")).isEmpty();
        assertThat(events.getLast().object("usage").number("completion_tokens", -1))
                .isEqualTo(EXACT.count(streamed(events)));
    }

    @Test
    void the_cap_is_respected_exactly() {
        JsonObject answer = ProviderClient.json(client.post("/v1/chat/completions", HELLO + ",\"max_tokens\":7}"));

        assertThat(answer.object("usage").number("completion_tokens", -1)).isEqualTo(7);
        assertThat(answer.objects("choices").getFirst().string("finish_reason")).isEqualTo("length");
    }

    @Test
    void several_answers_differ_and_are_all_counted() {
        JsonObject answer = ProviderClient.json(client.post("/v1/chat/completions", HELLO + ",\"n\":3}"));
        List<String> texts = new ArrayList<>();
        answer.objects("choices")
                .forEach(choice -> texts.add(choice.object("message").string("content", "")));

        assertThat(texts).hasSize(3).doesNotHaveDuplicates();
        assertThat(answer.object("usage").number("completion_tokens", -1))
                .isEqualTo(texts.stream().mapToInt(EXACT::count).sum());
    }

    @Test
    void a_required_tool_is_called_with_arguments_that_satisfy_its_schema() {
        JsonObject answer = ProviderClient.json(
                client.post("/v1/chat/completions", HELLO + TOOLS + ",\"tool_choice\":\"required\"}"));
        JsonObject choice = answer.objects("choices").getFirst();
        JsonObject call = choice.object("message").objects("tool_calls").getFirst();

        assertThat(choice.string("finish_reason")).isEqualTo("tool_calls");
        assertThat(choice.object("message").get("content")).isNull();
        assertThat(call.object("function").string("name")).isEqualTo("get_weather");
        assertThat(call.object("function").string("arguments")).contains("\"city\":", "\"unit\":\"celsius\"");
    }

    @Test
    void offered_tools_are_called_only_when_the_text_asks_for_it() {
        String asking = HELLO.replace("Tell me about tides", "Use the tool, please");

        assertThat(ProviderClient.json(client.post("/v1/chat/completions", HELLO + TOOLS + "}"))
                        .objects("choices")
                        .getFirst()
                        .string("finish_reason"))
                .isEqualTo("stop");
        List<JsonObject> events =
                ProviderClient.events(client.post("/v1/chat/completions", asking + TOOLS + ",\"stream\":true}"));
        StringBuilder arguments = new StringBuilder();
        for (JsonObject event : events) {
            for (JsonObject call :
                    event.objects("choices").getFirst().object("delta").objects("tool_calls")) {
                arguments.append(call.object("function").string("arguments"));
            }
        }
        assertThat(arguments.toString()).startsWith("{\"city\":").endsWith("}");
        assertThat(events.getLast().objects("choices").getFirst().string("finish_reason"))
                .isEqualTo("tool_calls");
    }

    @Test
    void images_cost_tokens_and_are_not_read_as_text() {
        String url = "data:image/png;base64," + "A".repeat(40_000);
        JsonObject answer = ProviderClient.json(client.post(
                "/v1/chat/completions",
                "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"What"
                        + " is it?\"},{\"type\":\"image_url\",\"image_url\":{\"url\":\"" + url + "\"}}]}]}"));

        assertThat(answer.object("usage").number("prompt_tokens", -1)).isBetween(85L, 120L);
    }

    @Test
    void a_thinking_model_refuses_max_tokens_and_reports_its_reasoning() {
        String body = HELLO.replace("gpt-4o", "gpt-5-mini");
        HttpResponse<byte[]> refused = client.post("/v1/chat/completions", body + ",\"max_tokens\":50}");
        JsonObject error = ProviderClient.json(refused).object("error");
        JsonObject usage = ProviderClient.json(
                        client.post("/v1/chat/completions", body + ",\"max_completion_tokens\":5000}"))
                .object("usage");

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(error.string("code")).isEqualTo("unsupported_parameter");
        assertThat(error.string("param")).isEqualTo("max_tokens");
        assertThat(usage.object("completion_tokens_details").number("reasoning_tokens", 0))
                .isPositive()
                .isLessThan(usage.number("completion_tokens", 0));
    }

    @Test
    void an_unknown_model_is_not_found() {
        HttpResponse<byte[]> response =
                client.post("/v1/chat/completions", HELLO.replace("gpt-4o", "no-such-model") + "}");

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(ProviderClient.json(response).object("error").string("code")).isEqualTo("model_not_found");
    }

    @Test
    void a_structured_answer_satisfies_its_schema() {
        String content = content(client.post(
                "/v1/chat/completions",
                HELLO + ",\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"x\",\"schema\":"
                        + "{\"type\":\"object\",\"properties\":{\"high\":{\"type\":\"integer\"}}}}}}"));

        assertThat(content).matches("\\{\"high\":\\d+}");
    }

    @Test
    void azure_paths_name_the_deployment_and_streams_begin_with_the_prompt_filter() {
        HttpResponse<byte[]> response = client.post(
                "/openai/deployments/my-gpt/chat/completions?api-version=2024-10-21",
                "{\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}");
        List<JsonObject> events = ProviderClient.events(response);

        assertThat(response.headers().firstValue("apim-request-id")).isPresent();
        assertThat(events.getFirst().list("choices")).isEmpty();
        assertThat(events.getFirst().list("prompt_filter_results")).isNotEmpty();
        assertThat(events.getLast().string("model")).isEqualTo("my-gpt");
    }

    @Test
    void the_legacy_endpoint_stops_after_sixteen_tokens_unless_told() {
        JsonObject answer = ProviderClient.json(
                client.post("/v1/completions", "{\"model\":\"davinci-002\",\"prompt\":\"Once upon a time\"}"));
        HttpResponse<byte[]> stream = client.post(
                "/v1/completions",
                "{\"model\":\"davinci-002\",\"prompt\":\"Once\",\"max_tokens\":5,\"stream\":true,"
                        + "\"stream_options\":{\"include_usage\":true}}");

        assertThat(answer.object("usage").number("completion_tokens", -1)).isEqualTo(16);
        assertThat(answer.objects("choices").getFirst().string("finish_reason")).isEqualTo("length");
        assertThat(ProviderClient.events(stream).getLast().object("usage").number("completion_tokens", -1))
                .isEqualTo(5);
    }

    @Test
    void a_stream_of_the_responses_api_is_numbered_and_closed_by_the_whole_response() {
        HttpResponse<byte[]> response =
                client.post("/v1/responses", "{\"model\":\"gpt-4o\",\"input\":\"Hi\",\"stream\":true}");
        List<JsonObject> events = ProviderClient.events(response);
        List<String> types = new ArrayList<>();
        for (int i = 0; i < events.size(); i++) {
            String type = events.get(i).string("type", "");
            assertThat(events.get(i).number("sequence_number", -1)).isEqualTo(i);
            if (types.isEmpty() || !types.getLast().equals(type)) {
                types.add(type);
            }
        }

        assertThat(types)
                .containsExactly(
                        "response.created",
                        "response.in_progress",
                        "response.output_item.added",
                        "response.content_part.added",
                        "response.output_text.delta",
                        "response.output_text.done",
                        "response.content_part.done",
                        "response.output_item.done",
                        "response.completed");
        assertThat(events.getLast().object("response").object("usage").number("output_tokens", -1))
                .isEqualTo(events.stream()
                        .filter(event -> event.string("type", "").equals("response.output_text.delta"))
                        .count());
        assertThat(ProviderClient.text(response)).doesNotContain("[DONE]");
    }

    @Test
    void a_response_cut_by_its_cap_is_incomplete_and_says_why() {
        List<JsonObject> events = ProviderClient.events(client.post(
                "/v1/responses", "{\"model\":\"gpt-4o\",\"input\":\"Hi\",\"stream\":true,\"max_output_tokens\":16}"));
        JsonObject last = events.getLast();

        assertThat(last.string("type")).isEqualTo("response.incomplete");
        assertThat(last.object("response").object("incomplete_details").string("reason"))
                .isEqualTo("max_output_tokens");
        assertThat(last.object("response").object("usage").number("output_tokens", -1))
                .isEqualTo(16);
    }

    @Test
    void a_response_in_the_background_tells_its_usage_only_when_it_is_fetched() {
        JsonObject queued = ProviderClient.json(
                client.post("/v1/responses", "{\"model\":\"gpt-4o\",\"input\":\"Hi\",\"background\":true}"));
        JsonObject fetched = ProviderClient.json(client.get("/v1/responses/" + queued.string("id")));

        assertThat(queued.string("status")).isEqualTo("queued");
        assertThat(queued.get("usage")).isNull();
        assertThat(fetched.string("status")).isEqualTo("completed");
        assertThat(fetched.object("usage").number("output_tokens", -1)).isPositive();
        assertThat(client.get("/v1/responses/resp_unknown").statusCode()).isEqualTo(404);
    }

    @Test
    void a_recursive_schema_is_cut_short() {
        String schema = "{\"type\":\"object\",\"properties\":{" + "\"a\":{\"$ref\":\"#\"},\"b\":{\"$ref\":\"#\"},"
                + "\"c\":{\"$ref\":\"#\"},\"d\":{\"$ref\":\"#\"}}}";
        String content = content(client.post(
                "/v1/chat/completions",
                HELLO + ",\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"schema\":" + schema
                        + "}}}"));

        assertThat(content).startsWith("{\"a\":{").hasSizeBetween(1_000, 100_000);
    }

    @Test
    void embeddings_are_the_same_vector_as_numbers_and_as_base64() {
        JsonObject numbers = ProviderClient.json(client.post(
                "/v1/embeddings",
                "{\"model\":\"text-embedding-3-small\",\"input\":[\"a cat\",\"a dog\"],\"dimensions\":8}"));
        JsonObject base64 = ProviderClient.json(
                client.post(
                        "/v1/embeddings",
                        "{\"model\":\"text-embedding-3-small\",\"input\":\"a cat\",\"dimensions\":8,\"encoding_format\":\"base64\"}"));
        byte[] bytes = java.util.Base64.getDecoder()
                .decode(base64.objects("data").getFirst().string("embedding", ""));
        float first = java.nio.ByteBuffer.wrap(bytes)
                .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                .getFloat();

        assertThat(numbers.objects("data")).hasSize(2);
        assertThat(numbers.objects("data").getFirst().list("embedding")).hasSize(8);
        assertThat(((Double) numbers.objects("data")
                                .getFirst()
                                .list("embedding")
                                .getFirst())
                        .floatValue())
                .isEqualTo(first);
        assertThat(numbers.object("usage").number("prompt_tokens", -1)).isEqualTo(4);
    }

    @Test
    void models_are_listed_and_other_paths_answer_small_objects() {
        assertThat(ProviderClient.json(client.get("/v1/models")).objects("data"))
                .isNotEmpty();
        assertThat(ProviderClient.json(client.get("/v1/models/gpt-4o")).string("id"))
                .isEqualTo("gpt-4o");
        assertThat(ProviderClient.json(client.post("/v1/files", "some bytes")).number("bytes", -1))
                .isEqualTo(10);
        assertThat(client.get("/nowhere").statusCode()).isEqualTo(404);
        assertThat(client.post("/v1/chat/completions", "{broken").statusCode()).isEqualTo(400);
    }

    private static String content(HttpResponse<byte[]> response) {
        return ProviderClient.json(response)
                .objects("choices")
                .getFirst()
                .object("message")
                .string("content", "");
    }

    private static String streamed(List<JsonObject> events) {
        StringBuilder text = new StringBuilder();
        for (JsonObject event : events) {
            for (JsonObject choice : event.objects("choices")) {
                text.append(choice.object("delta").string("content", ""));
            }
        }
        return text.toString();
    }
}
