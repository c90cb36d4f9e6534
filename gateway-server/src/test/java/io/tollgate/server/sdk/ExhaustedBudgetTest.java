package io.tollgate.server.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

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
import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import io.tollgate.server.gateway.TestGateway;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** SDKs with their own ideas of what to repeat, against a budget that is used up: one request, and an error that says why. */
class ExhaustedBudgetTest {
    private static final String KEY = "sk-caller";
    private static final String QUESTION = "Tell me about tides";
    private static final Pattern REQUESTS = Pattern.compile("(?m)^tollgate_requests_total\\{.*} ([0-9.]+)$");

    private TestGateway gateway;

    @BeforeEach
    void start() {
        gateway = TestGateway.start("""
                budgets:
                  - {name: tiny-month, match: {}, period: month, limit: {tokens: 1}, steps: [{at: 100%, do: block}]}
                """);
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    static Stream<String> calls() {
        return new ExhaustedBudgetTest().all().keySet().stream();
    }

    private Map<String, ThrowingCallable> all() {
        Map<String, ThrowingCallable> calls = new LinkedHashMap<>();
        calls.put(
                "openai-java chat",
                () -> openAi(client -> client.chat().completions().create(chat())));
        calls.put("openai-java chat, streamed", () -> openAi(this::streamed));
        calls.put(
                "openai-java responses",
                () -> openAi(client -> client.responses()
                        .create(ResponseCreateParams.builder()
                                .model("gpt-4o")
                                .input(QUESTION)
                                .build())));
        calls.put("anthropic-java", () -> anthropic(client -> client.messages().create(message())));
        calls.put("anthropic-java, streamed", () -> anthropic(this::streamed));
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
        calls.put(
                "LangChain4j on Anthropic",
                () -> AnthropicChatModel.builder()
                        .baseUrl(gateway.url() + "/v1")
                        .apiKey(KEY)
                        .modelName("claude-haiku-4-5")
                        .build()
                        .chat(QUESTION));
        return calls;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("calls")
    void exactly_one_request_arrives_and_the_exception_says_why(String call) throws Exception {
        Throwable thrown = catchThrowable(all().get(call));

        assertThat(thrown).as(call).isNotNull();
        assertThat(messages(thrown)).contains("budget tiny-month", "resets");
        assertThat(requestsSeen()).isEqualTo(1);
        assertThat(gateway.provider().requests().total()).isZero();
    }

    private static String messages(Throwable thrown) {
        StringBuilder all = new StringBuilder();
        for (Throwable each = thrown; each != null; each = each.getCause()) {
            all.append(each.getMessage()).append('\n');
        }
        return all.toString();
    }

    private double requestsSeen() throws Exception {
        Matcher matcher = REQUESTS.matcher(
                gateway.get(gateway.server().adminUrl() + "/metrics").body());
        double sum = 0;
        while (matcher.find()) {
            sum += Double.parseDouble(matcher.group(1));
        }
        return sum;
    }

    private void openAi(java.util.function.Consumer<OpenAIClient> call) {
        OpenAIClient client = OpenAIOkHttpClient.builder()
                .baseUrl(gateway.url() + "/v1")
                .apiKey(KEY)
                .build();
        try {
            call.accept(client);
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

    private void streamed(OpenAIClient client) {
        try (com.openai.core.http.StreamResponse<ChatCompletionChunk> stream =
                client.chat().completions().createStreaming(chat())) {
            stream.stream().forEach(chunk -> {});
        }
    }

    private void anthropic(java.util.function.Consumer<AnthropicClient> call) {
        AnthropicClient client = AnthropicOkHttpClient.builder()
                .baseUrl(gateway.url())
                .apiKey(KEY)
                .build();
        try {
            call.accept(client);
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

    private void streamed(AnthropicClient client) {
        try (StreamResponse<RawMessageStreamEvent> stream = client.messages().createStreaming(message())) {
            stream.stream().forEach(event -> {});
        }
    }

    private void google(boolean streamed) {
        GenerateContentConfig usual = GenerateContentConfig.builder().build();
        try (Client client = Client.builder()
                .apiKey(KEY)
                .httpOptions(HttpOptions.builder().baseUrl(gateway.url()).build())
                .build()) {
            if (streamed) {
                client.models
                        .generateContentStream("gemini-2.5-flash", QUESTION, usual)
                        .forEach(part -> {});
            } else {
                client.models.generateContent("gemini-2.5-flash", QUESTION, usual);
            }
        }
    }
}
