package io.tollgate.server.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionMessage;
import com.openai.models.chat.completions.ChatCompletionMessageToolCall;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** OpenAI's SDK for Java reads chat completions that were converted as it reads the provider's own. */
class ConvertedOpenAiTest extends ConvertedAnswers {
    private static final ChatCompletionCreateParams PARAMS = ChatCompletionCreateParams.builder()
            .model("gpt-4o")
            .addUserMessage("Tell me about tides")
            .build();
    private static final String PLAIN = """
            {
              "id": "chatcmpl-77", "object": "chat.completion", "created": 1763800000, "model": "gpt-4o-2024-08-06",
              "choices": [
                {"index": 0, "message": {"role": "assistant", "content": "The tide – \\ud83c\\udf0a – rises twice a day, and \\"falls\\" twice.\\nAlways.", "refusal": null, "annotations": []},
                 "logprobs": null, "finish_reason": "stop"},
                {"index": 1, "message": {"role": "assistant", "content": null, "refusal": null, "tool_calls": [
                   {"id": "call_a", "type": "function", "function": {"name": "get_tide", "arguments": "{\\"harbour\\":\\"Saint-Malo, the highest of them all\\",\\"days\\":2}"}},
                   {"id": "call_b", "type": "function", "function": {"name": "get_moon", "arguments": "{}"}}]},
                 "logprobs": null, "finish_reason": "tool_calls"}
              ],
              "usage": {"prompt_tokens": 12, "completion_tokens": 34, "total_tokens": 46,
                "prompt_tokens_details": {"cached_tokens": 4}, "completion_tokens_details": {"reasoning_tokens": 3}},
              "service_tier": "default", "system_fingerprint": "fp_1"
            }
            """;
    private static final String STREAM = """
            data: {"id":"chatcmpl-78","object":"chat.completion.chunk","created":1763800001,"model":"gpt-4o-2024-08-06","service_tier":"default","system_fingerprint":"fp_1","choices":[{"index":0,"delta":{"role":"assistant","content":"","refusal":null},"logprobs":null,"finish_reason":null}],"usage":null,"obfuscation":"aZ3"}

            data: {"id":"chatcmpl-78","object":"chat.completion.chunk","created":1763800001,"model":"gpt-4o-2024-08-06","service_tier":"default","system_fingerprint":"fp_1","choices":[{"index":0,"delta":{"content":"Twice \\ud83c"},"logprobs":null,"finish_reason":null}],"usage":null,"obfuscation":"b"}

            data: {"id":"chatcmpl-78","object":"chat.completion.chunk","created":1763800001,"model":"gpt-4o-2024-08-06","service_tier":"default","system_fingerprint":"fp_1","choices":[{"index":0,"delta":{"content":"\\udf0a a day."},"logprobs":null,"finish_reason":null}],"usage":null}

            data: {"id":"chatcmpl-78","object":"chat.completion.chunk","created":1763800001,"model":"gpt-4o-2024-08-06","service_tier":"default","system_fingerprint":"fp_1","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"call_c","type":"function","function":{"name":"get_tide","arguments":""}}]},"logprobs":null,"finish_reason":null}],"usage":null}

            data: {"id":"chatcmpl-78","object":"chat.completion.chunk","created":1763800001,"model":"gpt-4o-2024-08-06","service_tier":"default","system_fingerprint":"fp_1","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"{\\"days\\":"}}]},"logprobs":null,"finish_reason":null}],"usage":null}

            data: {"id":"chatcmpl-78","object":"chat.completion.chunk","created":1763800001,"model":"gpt-4o-2024-08-06","service_tier":"default","system_fingerprint":"fp_1","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"2}"}}]},"logprobs":null,"finish_reason":null}],"usage":null}

            data: {"id":"chatcmpl-78","object":"chat.completion.chunk","created":1763800001,"model":"gpt-4o-2024-08-06","service_tier":"default","system_fingerprint":"fp_1","choices":[{"index":0,"delta":{},"logprobs":null,"finish_reason":"tool_calls"}],"usage":null}

            data: {"id":"chatcmpl-78","object":"chat.completion.chunk","created":1763800001,"model":"gpt-4o-2024-08-06","service_tier":"default","system_fingerprint":"fp_1","choices":[],"usage":{"prompt_tokens":12,"completion_tokens":20,"total_tokens":32,"prompt_tokens_details":{"cached_tokens":4,"audio_tokens":0}}}

            data: [DONE]

            """;

    private OpenAIClient client;

    ConvertedOpenAiTest() {
        super("openai-chat");
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
    void a_stream_made_from_a_plain_chat_completion() {
        plainThenStream(PLAIN);
        ChatCompletion plain = client.chat().completions().create(PARAMS);

        assertThat(plain.choices()).hasSize(2);
        assertThatBothTellTheSame(streamed(), plain);
    }

    @Test
    void a_plain_chat_completion_made_from_a_stream() {
        streamThenPlain(STREAM);
        ChatCompletion streamed = streamed();
        ChatCompletion plain = client.chat().completions().create(PARAMS);

        assertThat(plain.choices().getFirst().message().content()).contains("Twice \ud83c\udf0a a day.");
        assertThatBothTellTheSame(streamed, plain);
    }

    private ChatCompletion streamed() {
        ChatCompletionAccumulator accumulator = ChatCompletionAccumulator.create();
        try (StreamResponse<ChatCompletionChunk> stream =
                client.chat().completions().createStreaming(PARAMS)) {
            stream.stream().forEach(accumulator::accumulate);
        }
        return accumulator.chatCompletion();
    }

    @SuppressWarnings("deprecation") // callers still read the fingerprint
    private static void assertThatBothTellTheSame(ChatCompletion streamed, ChatCompletion plain) {
        assertThat(streamed.id()).isEqualTo(plain.id());
        assertThat(streamed.created()).isEqualTo(plain.created());
        assertThat(streamed.model()).isEqualTo(plain.model());
        assertThat(streamed.systemFingerprint()).isEqualTo(plain.systemFingerprint());
        assertThat(streamed.serviceTier()).isEqualTo(plain.serviceTier());
        assertThat(streamed.usage()).isPresent().isEqualTo(plain.usage());
        assertThat(streamed.choices()).hasSameSizeAs(plain.choices());
        for (int i = 0; i < plain.choices().size(); i++) {
            ChatCompletion.Choice one = streamed.choices().get(i);
            ChatCompletion.Choice other = plain.choices().get(i);
            assertThat(one.finishReason()).isEqualTo(other.finishReason());
            assertThat(text(one.message())).isEqualTo(text(other.message()));
            assertThat(toolCalls(one.message())).isEqualTo(toolCalls(other.message()));
        }
    }

    /** The SDK's accumulator makes an empty list of no calls where another choice has some. */
    private static List<ChatCompletionMessageToolCall> toolCalls(ChatCompletionMessage message) {
        return message.toolCalls().orElse(List.of());
    }

    /** The SDK's accumulator makes null of no text, and of null no text. */
    private static String text(ChatCompletionMessage message) {
        return message.content().orElse("") + "|" + message.refusal().orElse("");
    }
}
