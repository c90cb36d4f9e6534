package io.tollgate.core.dialect.openai;

import io.tollgate.core.dialect.Dialect;
import io.tollgate.core.dialect.Endpoint;
import io.tollgate.core.dialect.Family;
import io.tollgate.core.dialect.RequestFacts;
import io.tollgate.core.dialect.RequestFacts.UsageOption;
import io.tollgate.core.dialect.UsageReader;
import io.tollgate.core.dialect.answer.AnswerReader;
import io.tollgate.core.dialect.answer.AnswerReader.Silence;
import io.tollgate.core.dialect.answer.ScanLayout;
import io.tollgate.core.dialect.json.Layout;
import io.tollgate.core.dialect.json.ParsedObject;
import io.tollgate.core.dialect.json.ParsedRequest;
import io.tollgate.core.dialect.json.RequestReader;
import io.tollgate.core.dialect.openai.usage.Fact;
import io.tollgate.core.dialect.openai.usage.OpenAiFacts;
import io.tollgate.core.error.Refusal;
import io.tollgate.core.http.BodyEdit;
import io.tollgate.core.http.RequestBody;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the dialects of OpenAI's family have in common: a model and a cap at the top of a body, one way to tell usage. */
public abstract class OpenAiDialect implements Dialect {
    private final String name;
    private final Layout request;
    private final CapEdit cap;
    private final ScanLayout<Fact> answer;

    /**
     * A dialect of the family.
     *
     * @param request what stands where in its requests: {@code model}, {@code stream} and the members of {@code cap} too
     * @param answer what stands where in its answers
     */
    protected OpenAiDialect(String name, Layout request, CapEdit cap, ScanLayout<Fact> answer) {
        this.name = name;
        this.request = request;
        this.cap = cap;
        this.answer = answer;
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final Family family() {
        return Family.OPENAI;
    }

    @Override
    public RequestFacts read(Endpoint endpoint, RequestBody body) {
        ParsedRequest parsed = RequestReader.read(body, request);
        ParsedObject root = parsed.root();
        boolean stream = Boolean.TRUE.equals(root.flag("stream"));
        return new RequestFacts(
                endpoint.model() != null ? endpoint.model() : root.string("model"),
                stream,
                cap.value(root),
                cap.field(root),
                Math.clamp(answers(root), 1, Integer.MAX_VALUE),
                usageOption(root, stream),
                root.members(),
                parsed.turns(),
                parsed.textBytes(),
                parsed.tools(),
                parsed.images());
    }

    /** How many answers a request asks for, and pays. */
    protected long answers(ParsedObject root) {
        return 1;
    }

    /** What a request says about usage in its stream. */
    protected UsageOption usageOption(ParsedObject root, boolean stream) {
        return UsageOption.NOT_APPLICABLE;
    }

    @Override
    public final List<BodyEdit> model(RequestFacts facts, String model) {
        return ModelEdit.body(facts, model);
    }

    @Override
    public final String path(Endpoint endpoint, String model) {
        return ModelEdit.path(endpoint, model);
    }

    @Override
    public final List<BodyEdit> outputCap(RequestFacts facts, @Nullable String capField, long tokens) {
        return cap.set(facts, capField, tokens);
    }

    @Override
    public UsageReader usageReader(Endpoint endpoint, RequestFacts facts) {
        return reader(new OpenAiFacts(), facts, Silence.ESTIMATE);
    }

    /** A reader of an answer that fills these facts. */
    protected final AnswerReader reader(OpenAiFacts told, RequestFacts facts, Silence silence) {
        return AnswerReader.of(answer, told, facts, OpenAiFacts.ESTIMATE, silence);
    }

    @Override
    public final byte[] errorBody(Refusal refusal, int status, String requestId) {
        return OpenAiErrors.body(refusal, requestId);
    }

    @Override
    public byte[] errorEvent(Refusal refusal, String requestId) {
        return OpenAiErrors.chunk(refusal, requestId);
    }
}
