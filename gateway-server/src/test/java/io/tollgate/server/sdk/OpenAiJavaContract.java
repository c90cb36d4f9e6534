package io.tollgate.server.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.errors.InternalServerException;
import com.openai.errors.NotFoundException;
import com.openai.errors.RateLimitException;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionContentPart;
import com.openai.models.chat.completions.ChatCompletionContentPartImage;
import com.openai.models.chat.completions.ChatCompletionContentPartText;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionMessageFunctionToolCall;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.chat.completions.ChatCompletionToolChoiceOption;
import com.openai.models.embeddings.CreateEmbeddingResponse;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseStreamEvent;
import io.tollgate.server.fakeprovider.behaviour.Behaviour;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** OpenAI's own SDK for Java: chat completions, responses, embeddings, models. */
public abstract class OpenAiJavaContract extends SdkContract {
    private OpenAIClient client;
    private OpenAIClient impatient;

    private OpenAIClient connect(int retries) {
        return OpenAIOkHttpClient.builder()
                .baseUrl(baseUrl() + "/v1")
                .apiKey(apiKey())
                .maxRetries(retries)
                .build();
    }

    @BeforeEach
    void connect() {
        client = connect(2);
        impatient = connect(0);
    }

    @AfterEach
    void disconnect() {
        client.close();
        impatient.close();
    }

    private static ChatCompletionCreateParams.Builder chat() {
        return ChatCompletionCreateParams.builder().model("gpt-4o").addUserMessage("Tell me about tides");
    }

    @Test
    void a_plain_chat_completion() {
        answers(Behaviour.reply().text(ANSWER));
        ChatCompletion completion = client.chat()
                .completions()
                .create(chat().maxCompletionTokens(100).build());

        assertThat(completion.choices().getFirst().message().content()).contains(ANSWER);
        assertThat(completion.choices().getFirst().finishReason()).isEqualTo(ChatCompletion.Choice.FinishReason.STOP);
        assertThat(completion.usage().orElseThrow().completionTokens()).isEqualTo(7);
        assertThat(provider().requests().last().header("authorization")).isNotNull();
    }

    @Test
    void a_streamed_chat_completion_without_usage_unless_asked_for() {
        answers(Behaviour.reply().text(ANSWER), Behaviour.reply().text(ANSWER));
        List<ChatCompletionChunk> silent = stream(chat().build());
        List<ChatCompletionChunk> telling = stream(chat().streamOptions(
                        ChatCompletionStreamOptions.builder().includeUsage(true).build())
                .build());

        assertThat(text(silent)).isEqualTo(ANSWER);
        assertThat(silent)
                .allMatch(chunk -> chunk.usage().isEmpty() && !chunk.choices().isEmpty());
        assertThat(text(telling)).isEqualTo(ANSWER);
        assertThat(telling.getLast().usage().orElseThrow().completionTokens()).isEqualTo(7);
    }

    @Test
    void a_tool_call_plain_and_streamed() {
        ChatCompletionCreateParams params = chat().addFunctionTool(FunctionDefinition.builder()
                        .name("get_weather")
                        .parameters(FunctionParameters.builder()
                                .putAdditionalProperty("type", JsonValue.from("object"))
                                .putAdditionalProperty(
                                        "properties", JsonValue.from(Map.of("city", Map.of("type", "string"))))
                                .build())
                        .build())
                .toolChoice(ChatCompletionToolChoiceOption.Auto.REQUIRED)
                .build();
        ChatCompletion completion = client.chat().completions().create(params);
        ChatCompletionMessageFunctionToolCall call = completion
                .choices()
                .getFirst()
                .message()
                .toolCalls()
                .orElseThrow()
                .getFirst()
                .asFunction();
        String streamed = stream(params).stream()
                .flatMap(chunk -> chunk.choices().getFirst().delta().toolCalls().stream())
                .flatMap(List::stream)
                .flatMap(part -> part.function().stream())
                .flatMap(function -> function.arguments().stream())
                .collect(Collectors.joining());

        assertThat(completion.choices().getFirst().finishReason())
                .isEqualTo(ChatCompletion.Choice.FinishReason.TOOL_CALLS);
        assertThat(call.function().name()).isEqualTo("get_weather");
        assertThat(call.function().arguments()).matches("\\{\"city\":\"\\w+\"}").isEqualTo(streamed);
    }

    @Test
    void an_image_in_the_prompt() {
        ChatCompletionContentPart text = ChatCompletionContentPart.ofText(
                ChatCompletionContentPartText.builder().text("What is this?").build());
        ChatCompletionContentPart image = ChatCompletionContentPart.ofImageUrl(ChatCompletionContentPartImage.builder()
                .imageUrl(ChatCompletionContentPartImage.ImageUrl.builder()
                        .url("data:image/png;base64," + PIXEL)
                        .build())
                .build());
        ChatCompletion completion = client.chat()
                .completions()
                .create(ChatCompletionCreateParams.builder()
                        .model("gpt-4o")
                        .addUserMessageOfArrayOfContentParts(List.of(text, image))
                        .build());

        assertThat(completion.usage().orElseThrow().promptTokens()).isGreaterThan(85);
        assertThat(provider().requests().last().bodyText()).contains(PIXEL);
    }

    @Test
    void a_response_plain_and_streamed() {
        answers(Behaviour.reply().text(ANSWER), Behaviour.reply().text(ANSWER));
        ResponseCreateParams params = ResponseCreateParams.builder()
                .model("gpt-4o")
                .input("Tell me about tides")
                .build();
        Response response = client.responses().create(params);
        List<ResponseStreamEvent> events;
        try (StreamResponse<ResponseStreamEvent> stream = client.responses().createStreaming(params)) {
            events = stream.stream().toList();
        }
        String streamed = events.stream()
                .flatMap(event -> event.outputTextDelta().stream())
                .map(delta -> delta.delta())
                .collect(Collectors.joining());

        assertThat(response.output()
                        .getFirst()
                        .asMessage()
                        .content()
                        .getFirst()
                        .asOutputText()
                        .text())
                .isEqualTo(ANSWER);
        assertThat(response.usage().orElseThrow().outputTokens()).isEqualTo(7);
        assertThat(streamed).isEqualTo(ANSWER);
        assertThat(events.getLast()
                        .asCompleted()
                        .response()
                        .usage()
                        .orElseThrow()
                        .outputTokens())
                .isEqualTo(7);
    }

    @Test
    void embeddings_decoded_from_the_base64_the_sdk_asks_for() {
        CreateEmbeddingResponse response = client.embeddings()
                .create(EmbeddingCreateParams.builder()
                        .model("text-embedding-3-small")
                        .inputOfArrayOfStrings(List.of("a cat", "a dog"))
                        .build());

        assertThat(response.data()).hasSize(2);
        assertThat(response.data().getFirst().embedding()).hasSize(1536);
        assertThat(response.usage().promptTokens()).isEqualTo(4);
    }

    @Test
    void the_list_of_models() {
        assertThat(client.models().list().data()).isNotEmpty();
    }

    @Test
    void an_unknown_model_is_the_sdks_not_found() {
        ChatCompletionCreateParams params = chat().model("no-such-model").build();

        assertThatThrownBy(() -> client.chat().completions().create(params)).isInstanceOf(NotFoundException.class);
    }

    @Test
    void a_refusal_that_passes_is_tried_again_and_one_that_stays_is_thrown() {
        answers(
                Behaviour.status(429).header("retry-after-ms", "1"),
                Behaviour.reply().text(ANSWER));
        assertThat(client.chat()
                        .completions()
                        .create(chat().build())
                        .choices()
                        .getFirst()
                        .message()
                        .content())
                .contains(ANSWER);
        assertThatItWasTriedAgain();

        provider().script(request -> true, Behaviour.status(429));
        assertThatThrownBy(() -> impatient.chat().completions().create(chat().build()))
                .isInstanceOf(RateLimitException.class);
    }

    @Test
    void a_server_error_is_the_sdks_own() {
        provider().script(request -> true, Behaviour.status(500));

        assertThatThrownBy(() -> impatient.chat().completions().create(chat().build()))
                .isInstanceOf(InternalServerException.class);
    }

    @Test
    void leaving_a_stream_in_its_middle_reaches_the_provider() {
        answers(slowStream());
        try (StreamResponse<ChatCompletionChunk> stream =
                client.chat().completions().createStreaming(chat().build())) {
            assertThat(stream.stream().limit(3).toList()).hasSize(3);
        }

        assertThatTheProviderWasLeft();
    }

    private List<ChatCompletionChunk> stream(ChatCompletionCreateParams params) {
        try (StreamResponse<ChatCompletionChunk> stream =
                client.chat().completions().createStreaming(params)) {
            return stream.stream().toList();
        }
    }

    private static String text(List<ChatCompletionChunk> chunks) {
        return chunks.stream()
                .flatMap(chunk -> chunk.choices().stream())
                .flatMap(choice -> choice.delta().content().stream())
                .collect(Collectors.joining());
    }
}
