package io.tollgate.server.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.google.genai.Client;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.HttpOptions;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.responses.ResponseCreateParams;
import dev.langchain4j.model.openai.OpenAiChatModel;
import io.tollgate.server.fakeprovider.behaviour.Behaviour;
import io.tollgate.server.gateway.TestGateway;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** SDKs that are given kept answers: they read the same twice, and the provider is asked once. */
class CachedAnswersTest {
    private static final String KEY = "sk-caller";
    private static final String QUESTION = "Tell me about tides";

    private TestGateway gateway;

    @BeforeEach
    void start() {
        gateway = TestGateway.start("cache: {exact: {enabled: true}}\n");
        gateway.provider().rules().otherwise(Behaviour.reply().text("The tide rises twice a day."));
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    static Stream<String> calls() {
        return new CachedAnswersTest().all().keySet().stream();
    }

    private Map<String, Supplier<String>> all() {
        Map<String, Supplier<String>> calls = new LinkedHashMap<>();
        calls.put(
                "openai-java chat",
                () -> openAi(
                        client -> client.chat().completions().create(chat()).toString()));
        calls.put("openai-java chat, streamed", () -> openAi(CachedAnswersTest::streamed));
        calls.put(
                "openai-java responses",
                () -> openAi(client -> client.responses()
                        .create(ResponseCreateParams.builder()
                                .model("gpt-4o")
                                .store(false)
                                .input(QUESTION)
                                .build())
                        .toString()));
        calls.put(
                "anthropic-java",
                () -> anthropic(client -> client.messages().create(message()).toString()));
        calls.put("anthropic-java, streamed", () -> anthropic(CachedAnswersTest::streamed));
        calls.put("google-genai", () -> google(false));
        calls.put("google-genai, streamed", () -> google(true));
        calls.put(
                "LangChain4j on OpenAI",
                () -> OpenAiChatModel.builder()
                        .baseUrl(gateway.url() + "/v1")
                        .apiKey(KEY)
                        .modelName("gpt-4o")
                        .build()
                        .chat(QUESTION));
        return calls;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("calls")
    void the_second_answer_reads_like_the_first_and_is_not_bought(String call) throws Exception {
        Supplier<String> asking = Objects.requireNonNull(all().get(call));

        String first = asking.get();
        String second = asking.get();

        assertThat(first).contains("tide");
        assertThat(second).isEqualTo(first);
        assertThat(gateway.provider().requests().total()).isEqualTo(1);
        assertThat(gateway.get(gateway.server().adminUrl() + "/api/v1/cache").body())
                .contains("\"hits\":1,");
    }

    @Test
    void sdks_read_an_answer_that_was_bought_in_the_other_form() throws Exception {
        String streamed = openAi(CachedAnswersTest::streamed);
        String plain =
                openAi(client -> client.chat().completions().create(chat()).toString());
        assertThat(streamed).contains("tide");
        assertThat(plain).contains("The tide rises twice a day.");

        String message = anthropic(client -> client.messages().create(message()).toString());
        String events = anthropic(CachedAnswersTest::streamed);
        assertThat(message).contains("The tide rises twice a day.");
        assertThat(events).contains("tide");

        assertThat(google(false)).isEqualTo(google(true));
        assertThat(gateway.provider().requests().total()).isEqualTo(3);
    }

    private String openAi(Function<OpenAIClient, String> call) {
        OpenAIClient client = OpenAIOkHttpClient.builder()
                .baseUrl(gateway.url() + "/v1")
                .apiKey(KEY)
                .build();
        try {
            return call.apply(client);
        } finally {
            client.close();
        }
    }

    private static ChatCompletionCreateParams chat() {
        return ChatCompletionCreateParams.builder()
                .model("gpt-4o")
                .addUserMessage(QUESTION)
                .build();
    }

    private static String streamed(OpenAIClient client) {
        try (com.openai.core.http.StreamResponse<ChatCompletionChunk> stream =
                client.chat().completions().createStreaming(chat())) {
            return stream.stream().map(ChatCompletionChunk::toString).collect(Collectors.joining("\n"));
        }
    }

    private String anthropic(Function<AnthropicClient, String> call) {
        AnthropicClient client = AnthropicOkHttpClient.builder()
                .baseUrl(gateway.url())
                .apiKey(KEY)
                .build();
        try {
            return call.apply(client);
        } finally {
            client.close();
        }
    }

    private static MessageCreateParams message() {
        return MessageCreateParams.builder()
                .model("claude-haiku-4-5")
                .maxTokens(100)
                .addUserMessage(QUESTION)
                .build();
    }

    private static String streamed(AnthropicClient client) {
        try (StreamResponse<RawMessageStreamEvent> stream = client.messages().createStreaming(message())) {
            return stream.stream().map(RawMessageStreamEvent::toString).collect(Collectors.joining("\n"));
        }
    }

    private String google(boolean streamed) {
        GenerateContentConfig usual = GenerateContentConfig.builder().build();
        try (Client client = Client.builder()
                .apiKey(KEY)
                .httpOptions(HttpOptions.builder().baseUrl(gateway.url()).build())
                .build()) {
            if (!streamed) {
                return String.valueOf(client.models
                        .generateContent("gemini-2.5-flash", QUESTION, usual)
                        .text());
            }
            StringBuilder text = new StringBuilder();
            client.models
                    .generateContentStream("gemini-2.5-flash", QUESTION, usual)
                    .forEach(part -> text.append(part.text()));
            return text.toString();
        }
    }
}
