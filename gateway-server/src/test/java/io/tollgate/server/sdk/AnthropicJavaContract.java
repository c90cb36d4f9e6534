package io.tollgate.server.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.JsonValue;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.errors.InternalServerException;
import com.anthropic.errors.NotFoundException;
import com.anthropic.errors.OverloadedException;
import com.anthropic.errors.RateLimitException;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.Base64ImageSource;
import com.anthropic.models.messages.ContentBlockParam;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageContentParam;
import com.anthropic.models.messages.MessageCountTokensParams;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.anthropic.models.messages.StopReason;
import com.anthropic.models.messages.Tool;
import com.anthropic.models.messages.ToolChoiceAny;
import io.tollgate.server.fakeprovider.behaviour.Behaviour;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Anthropic's own SDK for Java: messages, counting tokens, models. */
public abstract class AnthropicJavaContract extends SdkContract {
    private AnthropicClient client;
    private AnthropicClient impatient;

    private AnthropicClient connect(int retries) {
        return AnthropicOkHttpClient.builder()
                .baseUrl(baseUrl())
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

    private static MessageCreateParams.Builder message() {
        return MessageCreateParams.builder()
                .model("claude-haiku-4-5")
                .maxTokens(2_048)
                .addUserMessage("Tell me about tides");
    }

    @Test
    void a_plain_message() {
        answers(Behaviour.reply().text(ANSWER));
        Message message = client.messages().create(message().build());

        assertThat(message.content().getFirst().asText().text()).isEqualTo(ANSWER);
        assertThat(message.stopReason()).contains(StopReason.END_TURN);
        assertThat(message.usage().outputTokens()).isEqualTo(7);
        assertThat(message.usage().inputTokens()).isPositive();
    }

    @Test
    void a_streamed_message() {
        answers(Behaviour.reply().text(ANSWER));
        Message message = stream(message().build());

        assertThat(message.content().getFirst().asText().text()).isEqualTo(ANSWER);
        assertThat(message.usage().outputTokens()).isEqualTo(7);
        assertThat(message.stopReason()).contains(StopReason.END_TURN);
    }

    @Test
    void a_message_that_was_thought_over() {
        Message message = stream(message().enabledThinking(1_024).build());

        assertThat(message.content().getFirst().asThinking().thinking()).isNotBlank();
        assertThat(message.content().getLast().asText().text()).isNotBlank();
    }

    @Test
    void a_tool_used_plain_and_streamed() {
        MessageCreateParams params = message()
                .addTool(Tool.builder()
                        .name("get_weather")
                        .inputSchema(Tool.InputSchema.builder()
                                .type(JsonValue.from("object"))
                                .properties(Tool.InputSchema.Properties.builder()
                                        .putAdditionalProperty("city", JsonValue.from(Map.of("type", "string")))
                                        .build())
                                .build())
                        .build())
                .toolChoice(ToolChoiceAny.builder().build())
                .build();
        Message plain = client.messages().create(params);
        Message streamed = stream(params);

        assertThat(plain.stopReason()).contains(StopReason.TOOL_USE);
        assertThat(plain.content().getFirst().asToolUse().name()).isEqualTo("get_weather");
        assertThat(streamed.content().getFirst().asToolUse()._input())
                .isEqualTo(plain.content().getFirst().asToolUse()._input());
    }

    @Test
    void an_image_in_the_prompt() {
        ContentBlockParam image = ContentBlockParam.ofImage(Base64ImageSource.builder()
                .data(PIXEL)
                .mediaType(Base64ImageSource.MediaType.IMAGE_PNG)
                .build());
        Message message = client.messages()
                .create(MessageCreateParams.builder()
                        .model("claude-haiku-4-5")
                        .maxTokens(100)
                        .addUserMessage(MessageContentParam.ofContentBlockParams(
                                List.of(image, ContentBlockParam.ofText("What is this?"))))
                        .build());

        assertThat(message.usage().inputTokens()).isGreaterThan(1_000);
        assertThat(provider().requests().last().bodyText()).contains(PIXEL);
    }

    @Test
    void tokens_are_counted() {
        long tokens = client.messages()
                .countTokens(MessageCountTokensParams.builder()
                        .model("claude-haiku-4-5")
                        .addUserMessage("Tell me about tides")
                        .build())
                .inputTokens();

        assertThat(tokens).isBetween(4L, 20L);
    }

    @Test
    void the_list_of_models() {
        assertThat(client.models().list().data()).isNotEmpty();
    }

    @Test
    void an_unknown_model_is_the_sdks_not_found() {
        MessageCreateParams params = message().model("no-such-model").build();

        assertThatThrownBy(() -> client.messages().create(params)).isInstanceOf(NotFoundException.class);
    }

    @Test
    void a_refusal_that_passes_is_tried_again_and_one_that_stays_is_thrown() {
        answers(
                Behaviour.status(429).header("retry-after-ms", "1"),
                Behaviour.reply().text(ANSWER));
        assertThat(client.messages()
                        .create(message().build())
                        .content()
                        .getFirst()
                        .asText()
                        .text())
                .isEqualTo(ANSWER);
        assertThatItWasTriedAgain();

        provider().script(request -> true, Behaviour.status(429));
        assertThatThrownBy(() -> impatient.messages().create(message().build())).isInstanceOf(RateLimitException.class);
    }

    @Test
    void an_overload_and_a_server_error_are_the_sdks_own() {
        answers(Behaviour.status(529));
        assertThatThrownBy(() -> impatient.messages().create(message().build()))
                .isInstanceOf(OverloadedException.class);

        provider().script(request -> true, Behaviour.status(500));
        assertThatThrownBy(() -> impatient.messages().create(message().build()))
                .isInstanceOf(InternalServerException.class);
    }

    @Test
    void leaving_a_stream_in_its_middle_reaches_the_provider() {
        answers(slowStream());
        try (StreamResponse<RawMessageStreamEvent> stream =
                client.messages().createStreaming(message().build())) {
            assertThat(stream.stream().limit(3).toList()).hasSize(3);
        }

        assertThatTheProviderWasLeft();
    }

    private Message stream(MessageCreateParams params) {
        MessageAccumulator accumulator = MessageAccumulator.create();
        try (StreamResponse<RawMessageStreamEvent> stream = client.messages().createStreaming(params)) {
            stream.stream().forEach(accumulator::accumulate);
        }
        return accumulator.message();
    }
}
