package io.tollgate.server.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Anthropic's SDK for Java reads messages that were converted as it reads the provider's own. */
class ConvertedAnthropicTest extends ConvertedAnswers {
    private static final MessageCreateParams PARAMS = MessageCreateParams.builder()
            .model("claude-haiku-4-5")
            .maxTokens(2_048)
            .addUserMessage("Tell me about tides")
            .build();
    private static final String PLAIN = """
            {
              "id": "msg_1", "type": "message", "role": "assistant", "model": "claude-haiku-4-5",
              "content": [
                {"type": "thinking", "thinking": "The moon pulls, and the sun pulls too, a little less.", "signature": "EqQBCg=="},
                {"type": "redacted_thinking", "data": "EmwKAhgB"},
                {"type": "text", "text": "The tide – \\ud83c\\udf0a – rises twice a day.\\nAlways."},
                {"type": "tool_use", "id": "toolu_1", "name": "get_tide", "input": {"harbour": "Saint-Malo, \\"the\\" highest", "days": 2}},
                {"type": "tool_use", "id": "toolu_2", "name": "get_moon", "input": {}}
              ],
              "stop_reason": "tool_use", "stop_sequence": null,
              "usage": {"input_tokens": 12, "cache_creation_input_tokens": 5, "cache_read_input_tokens": 3,
                "cache_creation": {"ephemeral_5m_input_tokens": 5, "ephemeral_1h_input_tokens": 0},
                "output_tokens": 34, "service_tier": "standard"}
            }
            """;
    private static final String STREAM = """
            event: message_start
            data: {"type":"message_start","message":{"id":"msg_2","type":"message","role":"assistant","model":"claude-haiku-4-5","content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":12,"cache_creation_input_tokens":0,"cache_read_input_tokens":3,"cache_creation":{"ephemeral_5m_input_tokens":0,"ephemeral_1h_input_tokens":0},"output_tokens":2,"service_tier":"standard"}}   }

            event: content_block_start
            data: {"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":"","signature":""}}

            event: ping
            data: {"type": "ping"}

            event: content_block_delta
            data: {"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"The moon"}     }

            event: content_block_delta
            data: {"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":" pulls."}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"EqQBCg=="}}

            event: content_block_stop
            data: {"type":"content_block_stop","index":0 }

            event: content_block_start
            data: {"type":"content_block_start","index":1,"content_block":{"type":"text","text":""}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":1,"delta":{"type":"text_delta","text":"Twice"}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":1,"delta":{"type":"text_delta","text":" a day. \\ud83c\\udf0a"}}

            event: content_block_stop
            data: {"type":"content_block_stop","index":1}

            event: content_block_start
            data: {"type":"content_block_start","index":2,"content_block":{"type":"tool_use","id":"toolu_3","name":"get_tide","input":{}}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":2,"delta":{"type":"input_json_delta","partial_json":""}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":2,"delta":{"type":"input_json_delta","partial_json":"{\\"harbour\\": \\"Saint"}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":2,"delta":{"type":"input_json_delta","partial_json":"-Malo\\"}"}}

            event: content_block_stop
            data: {"type":"content_block_stop","index":2}

            event: message_delta
            data: {"type":"message_delta","delta":{"stop_reason":"tool_use","stop_sequence":null},"usage":{"output_tokens":41}}

            event: message_stop
            data: {"type":"message_stop"}

            """;

    private AnthropicClient client;

    ConvertedAnthropicTest() {
        super("anthropic");
    }

    @BeforeEach
    void connect() {
        client = AnthropicOkHttpClient.builder()
                .baseUrl(url())
                .apiKey("sk-caller-0123456789")
                .maxRetries(0)
                .build();
    }

    @AfterEach
    void disconnect() {
        client.close();
    }

    @Test
    void a_stream_made_from_a_plain_message() {
        plainThenStream(PLAIN);
        Message plain = client.messages().create(PARAMS);

        assertThat(plain.content()).hasSize(5);
        assertThatBothTellTheSame(streamed(), plain);
    }

    @Test
    void a_plain_message_made_from_a_stream() {
        streamThenPlain(STREAM);
        Message streamed = streamed();
        Message plain = client.messages().create(PARAMS);

        assertThat(plain.content().get(1).asText().text()).isEqualTo("Twice a day. \ud83c\udf0a");
        assertThat(plain.usage().outputTokens()).isEqualTo(41);
        assertThatBothTellTheSame(streamed, plain);
    }

    private Message streamed() {
        MessageAccumulator accumulator = MessageAccumulator.create();
        try (StreamResponse<RawMessageStreamEvent> stream = client.messages().createStreaming(PARAMS)) {
            stream.stream().forEach(accumulator::accumulate);
        }
        return accumulator.message();
    }

    private static void assertThatBothTellTheSame(Message streamed, Message plain) {
        assertThat(streamed.id()).isEqualTo(plain.id());
        assertThat(streamed.model()).isEqualTo(plain.model());
        assertThat(streamed.stopReason()).isEqualTo(plain.stopReason());
        assertThat(streamed.content()).isEqualTo(plain.content());
        assertThat(streamed.usage().inputTokens()).isEqualTo(plain.usage().inputTokens());
        assertThat(streamed.usage().outputTokens()).isEqualTo(plain.usage().outputTokens());
        assertThat(streamed.usage().cacheReadInputTokens())
                .isEqualTo(plain.usage().cacheReadInputTokens());
        assertThat(streamed.usage().cacheCreationInputTokens())
                .isEqualTo(plain.usage().cacheCreationInputTokens());
        assertThat(streamed.usage().cacheCreation()).isEqualTo(plain.usage().cacheCreation());
    }
}
