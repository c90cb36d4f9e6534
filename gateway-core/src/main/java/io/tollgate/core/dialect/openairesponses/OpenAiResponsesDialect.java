package io.tollgate.core.dialect.openairesponses;

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
import io.tollgate.core.dialect.json.Layout;
import io.tollgate.core.dialect.json.ParsedObject;
import io.tollgate.core.dialect.json.ParsedRequest;
import io.tollgate.core.dialect.json.RequestReader;
import io.tollgate.core.dialect.openai.CapEdit;
import io.tollgate.core.dialect.openai.ModelEdit;
import io.tollgate.core.dialect.openai.OpenAiErrors;
import io.tollgate.core.dialect.openai.usage.OpenAiFacts;
import io.tollgate.core.error.Refusal;
import io.tollgate.core.http.BodyEdit;
import io.tollgate.core.http.RequestBody;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code openai-responses}: POST …/responses, and as {@link Operation#TUNNEL} the calls that fetch, cancel or delete one.
 * Its streams tell their usage unasked. Source: OpenAI's API reference.
 */
public final class OpenAiResponsesDialect implements Dialect {
    private static final int REMEMBERED = 10_000;
    private static final CapEdit CAP = new CapEdit(List.of("max_output_tokens"));

    private static final Layout REQUEST = Layout.builder()
            .string("model")
            .flag("stream")
            .integer("max_output_tokens")
            .turnsOrText("input")
            .text("instructions")
            .tools("tools")
            .rawText("text")
            .media("image_url", "input_audio", "file_data", "file_url", "file_id", "result")
            .silent("type", "role", "id", "call_id", "status", "detail")
            .build();

    private final BilledOnce billed = new BilledOnce(REMEMBERED);

    @Override
    public String name() {
        return "openai-responses";
    }

    @Override
    public Family family() {
        return Family.OPENAI;
    }

    @Override
    public RequestFacts read(Endpoint endpoint, RequestBody body) {
        if (endpoint.operation() == Operation.TUNNEL) {
            return RequestFacts.unread(null, false);
        }
        ParsedRequest parsed = RequestReader.read(body, REQUEST);
        ParsedObject root = parsed.root();
        return new RequestFacts(
                endpoint.model() != null ? endpoint.model() : root.string("model"),
                Boolean.TRUE.equals(root.flag("stream")),
                CAP.value(root),
                CAP.field(root),
                1,
                UsageOption.NOT_APPLICABLE,
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
        return facts.members().open() < 0 ? List.of() : CAP.set(facts, capField, tokens);
    }

    @Override
    public UsageReader usageReader(Endpoint endpoint, RequestFacts facts) {
        if (endpoint.operation() == Operation.COUNT_TOKENS) {
            return new UnbilledAnswer();
        }
        boolean fetches = endpoint.operation() == Operation.TUNNEL;
        Silence silence = fetches ? Silence.SAY_NOTHING : Silence.ESTIMATE;
        OpenAiFacts told = new OpenAiFacts();
        AnswerReader reader = AnswerReader.of(ResponsesPlaces.ANSWER, told, facts, OpenAiFacts.ESTIMATE, silence);
        return new BackgroundReader(reader, told, billed, fetches);
    }

    @Override
    public StreamEnding streamEnding(Endpoint endpoint, RequestFacts facts, @Nullable String contentType) {
        return new ResponseEnding(facts);
    }

    @Override
    public byte[] errorBody(Refusal refusal, int status, String requestId) {
        return OpenAiErrors.body(refusal, requestId);
    }

    @Override
    public byte[] errorEvent(Refusal refusal, String requestId) {
        return ResponseFailedEvent.of(refusal, requestId);
    }
}
