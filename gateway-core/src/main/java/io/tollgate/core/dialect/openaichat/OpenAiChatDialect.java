package io.tollgate.core.dialect.openaichat;

import io.tollgate.core.dialect.Dialect;
import io.tollgate.core.dialect.Endpoint;
import io.tollgate.core.dialect.Family;
import io.tollgate.core.dialect.RequestFacts;
import io.tollgate.core.dialect.StreamEnding;
import io.tollgate.core.dialect.UsageReader;
import io.tollgate.core.dialect.answer.AnswerReader;
import io.tollgate.core.dialect.answer.AnswerReader.Silence;
import io.tollgate.core.dialect.answer.ScanLayout;
import io.tollgate.core.dialect.json.Layout;
import io.tollgate.core.dialect.json.ParsedObject;
import io.tollgate.core.dialect.json.ParsedRequest;
import io.tollgate.core.dialect.json.RequestReader;
import io.tollgate.core.dialect.openai.CapEdit;
import io.tollgate.core.dialect.openai.ChunkEnding;
import io.tollgate.core.dialect.openai.ModelEdit;
import io.tollgate.core.dialect.openai.OpenAiErrors;
import io.tollgate.core.dialect.openai.StreamUsage;
import io.tollgate.core.dialect.openai.UnaskedUsageGate;
import io.tollgate.core.dialect.openai.usage.Fact;
import io.tollgate.core.dialect.openai.usage.OpenAiFacts;
import io.tollgate.core.dialect.openai.usage.OpenAiPlaces;
import io.tollgate.core.error.Refusal;
import io.tollgate.core.http.BodyEdit;
import io.tollgate.core.http.RequestBody;
import io.tollgate.core.sse.EventGate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code openai-chat}: POST …/chat/completions. Source: OpenAI's API reference and the compatible hosts' answers. */
public final class OpenAiChatDialect implements Dialect {
    private static final CapEdit CAP = new CapEdit(List.of("max_completion_tokens", "max_tokens"));

    private static final Layout REQUEST = Layout.builder()
            .string("model")
            .flag("stream")
            .integer("n")
            .integer("max_completion_tokens")
            .integer("max_tokens")
            .object(StreamUsage.OPTIONS, StreamUsage.LAYOUT)
            .turns("messages")
            .tools("tools")
            .tools("functions")
            .rawText("response_format")
            .media("image_url", "input_audio", "file", "images", "video_url", "audio_url")
            .silent("type", "role", "id", "tool_call_id", "detail", "cache_control")
            .build();

    /** Where generated text stands in a message, or in a piece of one. */
    private static final String[] TEXTS = {
        "content",
        "content.text",
        "content.thinking.text",
        "refusal",
        "reasoning",
        "reasoning_content",
        "function_call.name",
        "function_call.arguments",
        "tool_calls.function.name",
        "tool_calls.function.arguments",
        "tool_calls.custom.input",
        "audio.transcript"
    };

    private static final ScanLayout<Fact> ANSWER = answer();

    private static ScanLayout<Fact> answer() {
        ScanLayout.Builder<Fact> answer = OpenAiPlaces.answer().string(Fact.FINISH, "choices.finish_reason");
        answer.in("choices.delta").text(Fact.TEXT, TEXTS);
        answer.in("choices.message").text(Fact.WHOLE_TEXT, TEXTS);
        return answer.build();
    }

    @Override
    public String name() {
        return "openai-chat";
    }

    @Override
    public Family family() {
        return Family.OPENAI;
    }

    @Override
    public RequestFacts read(Endpoint endpoint, RequestBody body) {
        ParsedRequest parsed = RequestReader.read(body, REQUEST);
        ParsedObject root = parsed.root();
        boolean stream = Boolean.TRUE.equals(root.flag("stream"));
        return new RequestFacts(
                endpoint.model() != null ? endpoint.model() : root.string("model"),
                stream,
                CAP.value(root),
                CAP.field(root),
                Math.clamp(root.integer("n"), 1, Integer.MAX_VALUE),
                StreamUsage.read(root, stream),
                root.members(),
                parsed.turns(),
                parsed.textBytes(),
                parsed.tools(),
                parsed.images());
    }

    @Override
    public List<BodyEdit> model(RequestFacts facts, String model) {
        return ModelEdit.body(facts, model);
    }

    @Override
    public String path(Endpoint endpoint, String model) {
        return ModelEdit.path(endpoint, model);
    }

    @Override
    public List<BodyEdit> outputCap(RequestFacts facts, @Nullable String capField, long tokens) {
        return CAP.set(facts, capField, tokens);
    }

    @Override
    public List<BodyEdit> askForUsage(RequestFacts facts) {
        return StreamUsage.ask(facts);
    }

    @Override
    public EventGate dropUnaskedUsage() {
        return new UnaskedUsageGate();
    }

    @Override
    public UsageReader usageReader(Endpoint endpoint, RequestFacts facts) {
        return AnswerReader.of(ANSWER, new OpenAiFacts(), facts, OpenAiFacts.ESTIMATE, Silence.ESTIMATE);
    }

    @Override
    public StreamEnding streamEnding(Endpoint endpoint, RequestFacts facts, @Nullable String contentType) {
        return new ChunkEnding("chat.completion.chunk", "\"delta\":{}", facts);
    }

    @Override
    public byte[] errorBody(Refusal refusal, int status, String requestId) {
        return OpenAiErrors.body(refusal, requestId);
    }

    @Override
    public byte[] errorEvent(Refusal refusal, String requestId) {
        return OpenAiErrors.chunk(refusal, requestId);
    }
}
