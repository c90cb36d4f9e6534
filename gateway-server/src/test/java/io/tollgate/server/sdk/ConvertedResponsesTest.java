package io.tollgate.server.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.helpers.ResponseAccumulator;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseStreamEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** OpenAI's SDK for Java reads responses that were converted as it reads the provider's own. */
class ConvertedResponsesTest extends ConvertedAnswers {
    private static final ResponseCreateParams PARAMS = ResponseCreateParams.builder()
            .model("gpt-5-mini")
            .input("Tell me about tides")
            .build();
    private static final String PLAIN = """
            {"id": "resp_1", "object": "response", "created_at": 1763800000, "status": "completed", "background": false,
             "error": null, "incomplete_details": null, "instructions": null, "max_output_tokens": null, "model": "gpt-5-mini",
             "output": [
               {"id": "rs_1", "type": "reasoning", "summary": [{"type": "summary_text", "text": "The moon pulls, and the sun pulls too, a little less."}], "encrypted_content": "gAAA=="},
               {"id": "ws_1", "type": "web_search_call", "status": "completed", "action": {"type": "search", "query": "tides"}},
               {"id": "msg_1", "type": "message", "status": "completed", "role": "assistant", "content": [
                 {"type": "output_text", "text": "The tide – \\ud83c\\udf0a – rises twice a day, says example.org.", "logprobs": [],
                  "annotations": [{"type": "url_citation", "start_index": 3, "end_index": 7, "title": "Tides", "url": "https://example.org/tides"}]}]},
               {"id": "fc_1", "type": "function_call", "status": "completed", "call_id": "call_1", "name": "get_tide", "arguments": "{\\"harbour\\":\\"Saint-Malo, the highest\\"}"}
             ],
             "parallel_tool_calls": true, "previous_response_id": null, "reasoning": {"effort": "low", "summary": "auto"}, "service_tier": "default",
             "store": true, "temperature": 1.0, "text": {"format": {"type": "text"}, "verbosity": "medium"}, "tool_choice": "auto", "tools": [],
             "top_logprobs": 0, "top_p": 1.0, "truncation": "disabled",
             "usage": {"input_tokens": 21, "input_tokens_details": {"cache_write_tokens": 0, "cached_tokens": 8}, "output_tokens": 55, "output_tokens_details": {"reasoning_tokens": 30}, "total_tokens": 76},
             "user": null, "metadata": {}}
            """;

    private OpenAIClient client;

    ConvertedResponsesTest() {
        super("openai-responses");
    }

    @BeforeEach
    void connect() {
        client = OpenAIOkHttpClient.builder()
                .baseUrl(url() + "/v1")
                .apiKey("sk-caller-0123456789")
                .maxRetries(0)
                .build();
    }

    @AfterEach
    void disconnect() {
        client.close();
    }

    @Test
    void a_stream_made_from_a_plain_response() {
        plainThenStream(PLAIN);
        Response plain = client.responses().create(PARAMS);
        List<ResponseStreamEvent> events = new ArrayList<>();
        ResponseAccumulator accumulator = ResponseAccumulator.create();
        try (StreamResponse<ResponseStreamEvent> stream = client.responses().createStreaming(PARAMS)) {
            stream.stream().map(accumulator::accumulate).forEach(events::add);
        }

        assertThat(accumulator.response().validate()).isEqualTo(plain);
        assertThat(events).allSatisfy(ResponseStreamEvent::validate);
        assertThat(texts(events))
                .isEqualTo(plain.output()
                        .get(2)
                        .asMessage()
                        .content()
                        .getFirst()
                        .asOutputText()
                        .text());
        assertThat(arguments(events))
                .isEqualTo(plain.output().get(3).asFunctionCall().arguments());
        assertThat(events.stream()
                        .flatMap(event -> event.outputItemDone().stream())
                        .map(done -> done.item())
                        .toList())
                .isEqualTo(plain.output());
    }

    @Test
    void a_plain_response_made_from_a_stream() {
        streamThenPlain(streamOf(PLAIN));
        ResponseAccumulator accumulator = ResponseAccumulator.create();
        try (StreamResponse<ResponseStreamEvent> events = client.responses().createStreaming(PARAMS)) {
            events.stream().forEach(accumulator::accumulate);
        }

        assertThat(client.responses().create(PARAMS).validate()).isEqualTo(accumulator.response());
    }

    private static String texts(List<ResponseStreamEvent> events) {
        return events.stream()
                .flatMap(event -> event.outputTextDelta().stream())
                .map(delta -> delta.delta())
                .collect(Collectors.joining());
    }

    private static String arguments(List<ResponseStreamEvent> events) {
        return events.stream()
                .flatMap(event -> event.functionCallArgumentsDelta().stream())
                .map(delta -> delta.delta())
                .collect(Collectors.joining());
    }
}
