package io.tollgate.core.dialect.gemini;

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
import io.tollgate.core.dialect.json.ParsedObject;
import io.tollgate.core.dialect.json.ParsedRequest;
import io.tollgate.core.dialect.json.RequestReader;
import io.tollgate.core.error.Refusal;
import io.tollgate.core.error.RefusedException;
import io.tollgate.core.http.BodyEdit;
import io.tollgate.core.http.Members;
import io.tollgate.core.http.RequestBody;
import io.tollgate.core.text.JsonString;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Google's {@code …/models/{model}:generateContent}, {@code :streamGenerateContent}, {@code :countTokens} and the two
 * embedding methods. Source: Google's API reference, recorded traffic of the Gemini API and Vertex AI.
 */
public final class GeminiDialect implements Dialect {
    private static final int MOST_CANDIDATES = 1_000;
    /**
     * 3.6 bytes a token: English prose in the tokenizers of 2024 and later; code takes fewer. A picture of about a
     * megapixel: 258 a tile.
     */
    private static final Estimate ESTIMATE = new Estimate(36, 1_300);

    private static final ScanLayout<StreamedText.Place> STREAMED_TEXT = ScanLayout.<StreamedText.Place>builder()
            .itself(StreamedText.Place.EVENT)
            .container(StreamedText.Place.PART, "candidates.content.parts")
            .flag(StreamedText.Place.HIDDEN, "candidates.content.parts.thought")
            .pieces(StreamedText.Place.TEXT, "candidates.content.parts.text")
            .build();

    @Override
    public String name() {
        return "gemini";
    }

    @Override
    public Family family() {
        return Family.GEMINI;
    }

    @Override
    public RequestFacts read(Endpoint endpoint, RequestBody body) {
        if (endpoint.operation() == Operation.TUNNEL || endpoint.operation() == Operation.LIST_MODELS) {
            return RequestFacts.unread(endpoint.model(), endpoint.streams());
        }
        ParsedRequest request = RequestReader.read(body, GeminiRequest.LAYOUT);
        ParsedObject root = request.root();
        String model = model(endpoint, root.string("model"));
        ParsedObject config = root.object(GeminiCap.CONFIG);
        long cap = config.integer(GeminiCap.FIELD);
        long candidates = config.integer(GeminiRequest.CANDIDATES);
        if (candidates > MOST_CANDIDATES) {
            throw RefusedException.malformed(
                    GeminiRequest.CANDIDATES + " is " + candidates + "; expected at most " + MOST_CANDIDATES);
        }
        return new RequestFacts(
                model,
                endpoint.streams(),
                cap,
                cap < 0 ? null : GeminiCap.fieldUsed(root.members()),
                (int) Math.max(1, candidates),
                UsageOption.NOT_APPLICABLE,
                root.members(),
                request.turns(),
                request.textBytes(),
                request.tools(),
                request.images());
    }

    /** The path's model; a body that names another could smuggle it past a policy. */
    private static @Nullable String model(Endpoint endpoint, @Nullable String inBody) {
        String inPath = endpoint.model();
        if (inPath == null || inBody == null) {
            return inPath != null ? inPath : inBody == null ? null : lastSegment(inBody);
        }
        if (!lastSegment(inBody).equals(lastSegment(inPath))) {
            throw RefusedException.malformed("model in the body is not " + JsonString.quote(inPath)
                    + ", which the path names; expected the same or none");
        }
        return inPath;
    }

    private static String lastSegment(String model) {
        return model.substring(model.lastIndexOf('/') + 1);
    }

    /** {@code thinkingConfig.thinkingBudget}; -1 there leaves it to the model. */
    @Override
    public long thinkingBudget(RequestFacts facts, RequestBody body) {
        return Math.max(0, InnerNumber.of(body, GeminiCap.thinking(facts.members()), GeminiCap.THINKING_BUDGET));
    }

    /** Only where the body repeats the model of the path. */
    @Override
    public List<BodyEdit> model(RequestFacts facts, String model) {
        Members.Member member = facts.members().get("model");
        return member == null
                ? List.of()
                : List.of(BodyEdit.replace(member.value(), JsonString.quote("models/" + model)));
    }

    @Override
    public String path(Endpoint endpoint, String model) {
        return model.equals(endpoint.model()) ? endpoint.path() : ModelPath.replace(endpoint.path(), model);
    }

    @Override
    public List<BodyEdit> outputCap(RequestFacts facts, @Nullable String capField, long tokens) {
        return List.of(GeminiCap.set(facts.members(), capField, tokens));
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
        return AnswerReader.of(GeminiFacts.LAYOUT, new GeminiFacts(facts.answers()), facts, ESTIMATE, silence);
    }

    @Override
    public StreamEnding streamEnding(Endpoint endpoint, RequestFacts facts, @Nullable String contentType) {
        return new GeminiEnding(facts, isArray(contentType));
    }

    /** Google's services send no {@code Retry-After}. */
    @Override
    public boolean tellsWaitInBody(int status) {
        return status == 429 || status == 503;
    }

    @Override
    public long waitNanos(byte[] errorBody) {
        return RetryInfo.nanos(errorBody);
    }

    @Override
    public byte[] errorBody(Refusal refusal, int status, String requestId) {
        return utf8(GeminiErrors.json(refusal, status));
    }

    @Override
    public byte[] errorEvent(Refusal refusal, String requestId) {
        return utf8("data: " + GeminiErrors.json(refusal, refusal.kind().status(null)) + "\r\n\r\n");
    }

    /** Without {@code alt=sse} a stream is a JSON array: the error is an element of it, as Google's own are. */
    @Override
    public byte[] errorEvent(Refusal refusal, String requestId, @Nullable String contentType) {
        return isArray(contentType)
                ? utf8(GeminiErrors.json(refusal, refusal.kind().status(null)))
                : errorEvent(refusal, requestId);
    }

    private static boolean isArray(@Nullable String contentType) {
        return contentType != null && contentType.startsWith("application/json");
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public ScanLayout<StreamedText.Place> streamedText() {
        return STREAMED_TEXT;
    }
}
