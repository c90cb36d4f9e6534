package io.tollgate.server.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.anthropic.AnthropicStreamingChatModel;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ToolChoice;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.langchain4j.model.output.FinishReason;
import io.tollgate.server.fakeprovider.behaviour.Behaviour;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** LangChain4j's models for OpenAI and Anthropic, on the JDK's HTTP client with its offer to upgrade to HTTP/2. */
public abstract class LangChain4jContract extends SdkContract {
    private static final String QUESTION = "Tell me about tides";

    /** Whose model. */
    public enum Vendor {
        OPENAI,
        ANTHROPIC
    }

    private ChatModel plain(Vendor vendor, String model, int retries) {
        return switch (vendor) {
            case OPENAI ->
                OpenAiChatModel.builder()
                        .baseUrl(baseUrl() + "/v1")
                        .apiKey(apiKey())
                        .modelName(model)
                        .maxRetries(retries)
                        .build();
            case ANTHROPIC ->
                AnthropicChatModel.builder()
                        .baseUrl(baseUrl() + "/v1")
                        .apiKey(apiKey())
                        .modelName(model)
                        .maxTokens(2_048)
                        .maxRetries(retries)
                        .build();
        };
    }

    private StreamingChatModel streaming(Vendor vendor) {
        return switch (vendor) {
            case OPENAI ->
                OpenAiStreamingChatModel.builder()
                        .baseUrl(baseUrl() + "/v1")
                        .apiKey(apiKey())
                        .modelName(model(vendor))
                        .build();
            case ANTHROPIC ->
                AnthropicStreamingChatModel.builder()
                        .baseUrl(baseUrl() + "/v1")
                        .apiKey(apiKey())
                        .modelName(model(vendor))
                        .maxTokens(2_048)
                        .build();
        };
    }

    private static String model(Vendor vendor) {
        return vendor == Vendor.OPENAI ? "gpt-4o" : "claude-haiku-4-5";
    }

    @ParameterizedTest
    @EnumSource
    void a_plain_answer(Vendor vendor) {
        answers(Behaviour.reply().text(ANSWER));
        ChatResponse response = plain(vendor, model(vendor), 0).chat(UserMessage.from(QUESTION));

        assertThat(response.aiMessage().text()).isEqualTo(ANSWER);
        assertThat(response.tokenUsage().outputTokenCount()).isEqualTo(7);
        assertThat(response.finishReason()).isEqualTo(FinishReason.STOP);
    }

    @ParameterizedTest
    @EnumSource
    void a_streamed_answer(Vendor vendor) throws Exception {
        answers(Behaviour.reply().text(ANSWER));
        CollectingHandler handler = new CollectingHandler(Integer.MAX_VALUE);
        streaming(vendor).chat(QUESTION, handler);
        ChatResponse response = handler.completed().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);

        assertThat(handler.text())
                .isEqualTo(ANSWER)
                .isEqualTo(response.aiMessage().text());
        assertThat(response.tokenUsage().outputTokenCount()).isEqualTo(7);
    }

    @ParameterizedTest
    @EnumSource
    void a_tool_call(Vendor vendor) throws Exception {
        ChatRequest request = ChatRequest.builder()
                .messages(UserMessage.from(QUESTION))
                .toolSpecifications(ToolSpecification.builder()
                        .name("get_weather")
                        .parameters(JsonObjectSchema.builder()
                                .addStringProperty("city")
                                .required("city")
                                .build())
                        .build())
                .toolChoice(ToolChoice.REQUIRED)
                .build();
        CollectingHandler handler = new CollectingHandler(Integer.MAX_VALUE);
        ToolExecutionRequest plain = plain(vendor, model(vendor), 0)
                .chat(request)
                .aiMessage()
                .toolExecutionRequests()
                .getFirst();
        streaming(vendor).chat(request, handler);
        ToolExecutionRequest streamed = handler.completed()
                .get(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .aiMessage()
                .toolExecutionRequests()
                .getFirst();

        assertThat(plain.name()).isEqualTo("get_weather");
        assertThat(plain.arguments().replaceAll("\\s", "")).matches("\\{\"city\":\"\\w+\"}");
        assertThat(streamed.arguments().replaceAll("\\s", ""))
                .isEqualTo(plain.arguments().replaceAll("\\s", ""));
    }

    @ParameterizedTest
    @EnumSource
    void an_image_in_the_prompt(Vendor vendor) {
        ChatResponse response = plain(vendor, model(vendor), 0)
                .chat(UserMessage.from(TextContent.from("What is this?"), ImageContent.from(PIXEL, "image/png")));

        assertThat(response.tokenUsage().inputTokenCount()).isGreaterThan(85);
        assertThat(provider().requests().last().bodyText()).contains(PIXEL);
    }

    @Test
    void an_embedding() {
        OpenAiEmbeddingModel model = OpenAiEmbeddingModel.builder()
                .baseUrl(baseUrl() + "/v1")
                .apiKey(apiKey())
                .modelName("text-embedding-3-small")
                .build();

        assertThat(model.embed("a cat").content().vector()).hasSize(1536);
    }

    @ParameterizedTest
    @EnumSource
    void an_unknown_model_is_not_found(Vendor vendor) {
        assertThatThrownBy(() -> plain(vendor, "no-such-model", 0).chat(QUESTION))
                .isInstanceOf(ModelNotFoundException.class);
    }

    @ParameterizedTest
    @EnumSource
    void a_refusal_that_passes_is_tried_again_and_one_that_stays_is_thrown(Vendor vendor) {
        answers(Behaviour.status(429), Behaviour.reply().text(ANSWER));
        assertThat(plain(vendor, model(vendor), 2).chat(QUESTION)).isEqualTo(ANSWER);
        assertThatItWasTriedAgain();

        provider().script(request -> true, Behaviour.status(429));
        assertThatThrownBy(() -> plain(vendor, model(vendor), 0).chat(QUESTION)).isInstanceOf(RateLimitException.class);
    }

    @ParameterizedTest
    @EnumSource
    void a_server_error_is_the_librarys_own(Vendor vendor) {
        provider().script(request -> true, Behaviour.status(500));

        assertThatThrownBy(() -> plain(vendor, model(vendor), 0).chat(QUESTION))
                .isInstanceOf(InternalServerException.class);
    }

    @ParameterizedTest
    @EnumSource
    void leaving_a_stream_in_its_middle_reaches_the_provider(Vendor vendor) {
        answers(slowStream());
        CollectingHandler handler = new CollectingHandler(3);
        streaming(vendor).chat(QUESTION, handler);
        provider().requests().awaitTotal(1, PATIENCE);

        assertThatTheProviderWasLeft();
        assertThat(handler.text()).isNotBlank();
    }
}
