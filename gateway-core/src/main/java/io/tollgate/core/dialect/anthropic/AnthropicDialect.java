package io.tollgate.core.dialect.anthropic;

import io.tollgate.core.dialect.Dialect;
import io.tollgate.core.dialect.Endpoint;
import io.tollgate.core.dialect.Family;
import io.tollgate.core.dialect.Operation;
import io.tollgate.core.dialect.RequestFacts;
import io.tollgate.core.dialect.RequestFacts.UsageOption;
import io.tollgate.core.dialect.StreamEnding;
import io.tollgate.core.dialect.UnbilledAnswer;
import io.tollgate.core.dialect.UsageReader;
import io.tollgate.core.dialect.answer.AnswerReader;
import io.tollgate.core.dialect.answer.AnswerReader.Silence;
import io.tollgate.core.dialect.answer.Estimate;
import io.tollgate.core.dialect.answer.ScanLayout;
import io.tollgate.core.dialect.answer.StreamedText;
import io.tollgate.core.dialect.json.InnerNumber;
import io.tollgate.core.dialect.json.Layout;
import io.tollgate.core.dialect.json.ParsedRequest;
import io.tollgate.core.dialect.json.RequestReader;
import io.tollgate.core.error.Refusal;
import io.tollgate.core.http.BodyEdit;
import io.tollgate.core.http.RequestBody;
import io.tollgate.core.text.JsonString;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Anthropic's {@code /v1/messages} and {@code /v1/messages/count_tokens}. Source: Anthropic's API reference and SDK
 * types, recorded traffic.
 */
public final class AnthropicDialect implements Dialect {
    private static final String CAP = "max_tokens";
    private static final Set<String> THINKING = Set.of("budget_tokens");
    /**
     * 3.6 bytes a token: English prose in the tokenizers of 2024 and later; code takes fewer. A picture of about a
     * megapixel: width x height / 750.
     */
    private static final Estimate ESTIMATE = new Estimate(36, 1_300);

    private static final Layout LAYOUT = Layout.builder()
            .string("model")
            .flag("stream")
            .integer(CAP)
            .text("system")
            .turns("messages")
            .tools("tools")
            .media("source")
            .readAsText("text", "content")
            .silent("type", "id", "tool_use_id", "media_type", "cache_control", "signature", "encrypted_content")
            .build();

    private static final ScanLayout<StreamedText.Place> STREAMED_TEXT = ScanLayout.<StreamedText.Place>builder()
            .itself(StreamedText.Place.EVENT)
            .pieces(StreamedText.Place.TEXT, "delta.text")
            .build();

    @Override
    public String name() {
        return "anthropic";
    }

    @Override
    public Family family() {
        return Family.ANTHROPIC;
    }

    @Override
    public RequestFacts read(Endpoint endpoint, RequestBody body) {
        if (endpoint.operation() != Operation.GENERATE && endpoint.operation() != Operation.COUNT_TOKENS) {
            return RequestFacts.unread(endpoint.model(), endpoint.streams());
        }
        ParsedRequest request = RequestReader.read(body, LAYOUT);
        String model = request.root().string("model");
        long cap = request.root().integer(CAP);
        return new RequestFacts(
                model != null ? model : endpoint.model(),
                Boolean.TRUE.equals(request.root().flag("stream")) || endpoint.streams(),
                cap,
                cap < 0 ? null : CAP,
                1,
                UsageOption.NOT_APPLICABLE,
                request.root().members(),
                request.turns(),
                request.textBytes(),
                request.tools(),
                request.images());
    }

    @Override
    public List<BodyEdit> model(RequestFacts facts, String model) {
        return List.of(facts.members().set("model", JsonString.quote(model)));
    }

    @Override
    public List<BodyEdit> outputCap(RequestFacts facts, @Nullable String capField, long tokens) {
        return List.of(facts.members().set(capField == null ? CAP : capField, Long.toString(tokens)));
    }

    /** {@code thinking.budget_tokens}: a cap at or below it is refused. Source: Anthropic's API reference. */
    @Override
    public long thinkingBudget(RequestFacts facts, RequestBody body) {
        return Math.max(0, InnerNumber.of(body, facts.members().get("thinking"), THINKING));
    }

    @Override
    public UsageReader usageReader(Endpoint endpoint, RequestFacts facts) {
        return switch (endpoint.operation()) {
            case COUNT_TOKENS, LIST_MODELS -> new UnbilledAnswer();
            case GENERATE, EMBED -> reader(facts, Silence.ESTIMATE);
            case TUNNEL -> reader(facts, Silence.SAY_NOTHING);
        };
    }

    private static UsageReader reader(RequestFacts facts, Silence silence) {
        return AnswerReader.of(AnthropicFacts.LAYOUT, new AnthropicFacts(), facts, ESTIMATE, silence);
    }

    @Override
    public StreamEnding streamEnding(Endpoint endpoint, RequestFacts facts, @Nullable String contentType) {
        return new AnthropicEnding(facts);
    }

    @Override
    public byte[] errorBody(Refusal refusal, int status, String requestId) {
        return AnthropicErrors.json(refusal, requestId).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public byte[] errorEvent(Refusal refusal, String requestId) {
        String event = "event: error\ndata: " + AnthropicErrors.json(refusal, requestId) + "\n\n";
        return event.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public ScanLayout<StreamedText.Place> streamedText() {
        return STREAMED_TEXT;
    }
}
