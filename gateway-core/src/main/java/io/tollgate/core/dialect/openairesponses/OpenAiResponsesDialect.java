package io.tollgate.core.dialect.openairesponses;

import io.tollgate.core.dialect.Endpoint;
import io.tollgate.core.dialect.Operation;
import io.tollgate.core.dialect.RequestFacts;
import io.tollgate.core.dialect.StreamEnding;
import io.tollgate.core.dialect.UnbilledAnswer;
import io.tollgate.core.dialect.UsageReader;
import io.tollgate.core.dialect.answer.AnswerReader.Silence;
import io.tollgate.core.dialect.answer.ScanLayout;
import io.tollgate.core.dialect.answer.StreamedText;
import io.tollgate.core.dialect.json.Layout;
import io.tollgate.core.dialect.openai.CapEdit;
import io.tollgate.core.dialect.openai.OpenAiDialect;
import io.tollgate.core.dialect.openai.usage.OpenAiFacts;
import io.tollgate.core.error.Refusal;
import io.tollgate.core.http.RequestBody;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code openai-responses}: POST …/responses, and as {@link Operation#TUNNEL} the calls that fetch, cancel or delete one.
 * Its streams tell their usage unasked. Source: OpenAI's API reference.
 */
public final class OpenAiResponsesDialect extends OpenAiDialect {
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

    private static final ScanLayout<StreamedText.Place> STREAMED_TEXT = ScanLayout.<StreamedText.Place>builder()
            .itself(StreamedText.Place.EVENT)
            .string(StreamedText.Place.KIND, "type")
            .pieces(StreamedText.Place.TEXT, "delta")
            .build();

    /** The dialect. */
    public OpenAiResponsesDialect() {
        super("openai-responses", REQUEST, CAP, ResponsesPlaces.ANSWER);
    }

    @Override
    public RequestFacts read(Endpoint endpoint, RequestBody body) {
        return endpoint.operation() == Operation.TUNNEL ? RequestFacts.unread(null, false) : super.read(endpoint, body);
    }

    @Override
    public UsageReader usageReader(Endpoint endpoint, RequestFacts facts) {
        if (endpoint.operation() == Operation.COUNT_TOKENS) {
            return new UnbilledAnswer();
        }
        boolean fetches = endpoint.operation() == Operation.TUNNEL;
        OpenAiFacts told = new OpenAiFacts();
        return new BackgroundReader(
                reader(told, facts, fetches ? Silence.SAY_NOTHING : Silence.ESTIMATE), told, billed, fetches);
    }

    @Override
    public StreamEnding streamEnding(Endpoint endpoint, RequestFacts facts, @Nullable String contentType) {
        return new ResponseEnding(facts);
    }

    @Override
    public byte[] errorEvent(Refusal refusal, String requestId) {
        return ResponseFailedEvent.of(refusal, requestId);
    }

    @Override
    public ScanLayout<StreamedText.Place> streamedText() {
        return STREAMED_TEXT;
    }
}
