package io.tollgate.server.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.genai.Client;
import com.google.genai.ResponseStream;
import com.google.genai.errors.ClientException;
import com.google.genai.errors.ServerException;
import com.google.genai.types.Content;
import com.google.genai.types.FinishReason;
import com.google.genai.types.FunctionCall;
import com.google.genai.types.FunctionCallingConfig;
import com.google.genai.types.FunctionDeclaration;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.GenerateContentResponse;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.HttpRetryOptions;
import com.google.genai.types.Part;
import com.google.genai.types.Schema;
import com.google.genai.types.Tool;
import com.google.genai.types.ToolConfig;
import io.tollgate.server.fakeprovider.behaviour.Behaviour;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Google's Gen AI SDK for Java: generating, streaming, counting tokens. */
public abstract class GoogleGenaiContract extends SdkContract {
    private static final String MODEL = "gemini-2.5-flash";
    private static final String QUESTION = "Tell me about tides";
    private static final GenerateContentConfig USUAL =
            GenerateContentConfig.builder().build();

    private Client client;
    private Client impatient;

    private Client connect(int attempts) {
        return Client.builder()
                .apiKey(apiKey())
                .httpOptions(HttpOptions.builder()
                        .baseUrl(baseUrl())
                        .retryOptions(HttpRetryOptions.builder()
                                .attempts(attempts)
                                .initialDelay(0.05)
                                .build())
                        .build())
                .build();
    }

    @BeforeEach
    void connect() {
        client = connect(3);
        impatient = connect(1);
    }

    @AfterEach
    void disconnect() {
        client.close();
        impatient.close();
    }

    @Test
    void a_plain_answer() {
        answers(Behaviour.reply().text(ANSWER));
        GenerateContentResponse response = client.models.generateContent(MODEL, QUESTION, USUAL);

        assertThat(response.text()).isEqualTo(ANSWER);
        assertThat(response.finishReason().knownEnum()).isEqualTo(FinishReason.Known.STOP);
        assertThat(response.usageMetadata().orElseThrow().candidatesTokenCount())
                .contains(7);
    }

    @Test
    void a_streamed_answer() {
        answers(Behaviour.reply().text(ANSWER + " " + ANSWER));
        List<GenerateContentResponse> chunks = new ArrayList<>();
        try (ResponseStream<GenerateContentResponse> stream =
                client.models.generateContentStream(MODEL, QUESTION, USUAL)) {
            stream.forEach(chunks::add);
        }

        assertThat(chunks).hasSizeGreaterThan(1);
        assertThat(chunks.stream().map(GenerateContentResponse::text).collect(Collectors.joining()))
                .isEqualTo(ANSWER + " " + ANSWER);
        assertThat(chunks.getLast().usageMetadata().orElseThrow().candidatesTokenCount())
                .contains(14);
    }

    @Test
    void a_function_call() {
        GenerateContentConfig config = GenerateContentConfig.builder()
                .tools(Tool.builder()
                        .functionDeclarations(FunctionDeclaration.builder()
                                .name("get_weather")
                                .parameters(Schema.builder()
                                        .type("OBJECT")
                                        .properties(Map.of(
                                                "city",
                                                Schema.builder().type("STRING").build()))
                                        .build())
                                .build())
                        .build())
                .toolConfig(ToolConfig.builder()
                        .functionCallingConfig(
                                FunctionCallingConfig.builder().mode("ANY").build())
                        .build())
                .build();
        FunctionCall call = client.models
                .generateContent(MODEL, QUESTION, config)
                .functionCalls()
                .getFirst();

        assertThat(call.name()).contains("get_weather");
        assertThat(call.args().orElseThrow()).containsOnlyKeys("city");
    }

    @Test
    void an_image_in_the_prompt() {
        Content content = Content.fromParts(
                Part.fromText("What is this?"),
                Part.fromBytes(Base64.getDecoder().decode(PIXEL), "image/png"));
        GenerateContentResponse response = client.models.generateContent(MODEL, content, USUAL);

        assertThat(response.usageMetadata().orElseThrow().promptTokenCount().orElseThrow())
                .isGreaterThan(258);
    }

    @Test
    void tokens_are_counted() {
        assertThat(client.models
                        .countTokens(MODEL, QUESTION, null)
                        .totalTokens()
                        .orElseThrow())
                .isBetween(3, 10);
    }

    @Test
    void an_unknown_model_is_not_found() {
        assertThatThrownBy(() -> client.models.generateContent("no-such-model", QUESTION, USUAL))
                .isInstanceOfSatisfying(ClientException.class, thrown -> {
                    assertThat(thrown.code()).isEqualTo(404);
                    assertThat(thrown.status()).isEqualTo("NOT_FOUND");
                });
    }

    @Test
    void a_refusal_that_passes_is_tried_again_and_one_that_stays_is_thrown() {
        answers(Behaviour.status(429), Behaviour.reply().text(ANSWER));
        assertThat(client.models.generateContent(MODEL, QUESTION, USUAL).text()).isEqualTo(ANSWER);
        assertThatItWasTriedAgain();

        provider().script(request -> true, Behaviour.status(429));
        assertThatThrownBy(() -> impatient.models.generateContent(MODEL, QUESTION, USUAL))
                .isInstanceOfSatisfying(
                        ClientException.class,
                        thrown -> assertThat(thrown.status()).isEqualTo("RESOURCE_EXHAUSTED"));
    }

    @Test
    void a_server_error_is_the_sdks_own() {
        provider().script(request -> true, Behaviour.status(500));

        assertThatThrownBy(() -> impatient.models.generateContent(MODEL, QUESTION, USUAL))
                .isInstanceOf(ServerException.class);
    }

    @Test
    void leaving_a_stream_in_its_middle_reaches_the_provider() {
        answers(slowStream());
        try (ResponseStream<GenerateContentResponse> stream =
                client.models.generateContentStream(MODEL, QUESTION, USUAL)) {
            Iterator<GenerateContentResponse> chunks = stream.iterator();
            chunks.next();
            assertThat(chunks.next().text()).isNotBlank();
        }

        assertThatTheProviderWasLeft();
    }
}
