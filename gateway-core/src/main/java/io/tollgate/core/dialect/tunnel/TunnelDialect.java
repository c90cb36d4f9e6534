package io.tollgate.core.dialect.tunnel;

import io.tollgate.core.dialect.Dialect;
import io.tollgate.core.dialect.Endpoint;
import io.tollgate.core.dialect.Family;
import io.tollgate.core.dialect.Operation;
import io.tollgate.core.dialect.RequestFacts;
import io.tollgate.core.dialect.RequestFacts.UsageOption;
import io.tollgate.core.dialect.UnbilledAnswer;
import io.tollgate.core.dialect.UsageReader;
import io.tollgate.core.dialect.answer.AnswerReader;
import io.tollgate.core.dialect.answer.AnswerReader.Silence;
import io.tollgate.core.dialect.json.Layout;
import io.tollgate.core.dialect.json.ParsedObject;
import io.tollgate.core.dialect.json.RequestReader;
import io.tollgate.core.dialect.openai.usage.OpenAiFacts;
import io.tollgate.core.error.Refusal;
import io.tollgate.core.http.BodyEdit;
import io.tollgate.core.http.RequestBody;
import io.tollgate.core.text.JsonString;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code tunnel}: a call no dialect knows. Of a JSON body the model is read, and repeated keys are refused as everywhere;
 * other bodies pass unread. Usage is metered where the answer tells one; calls that only fetch are not, since what they
 * fetch was billed when it was made. Also stands in for lists of models. Errors are its family's.
 */
public final class TunnelDialect implements Dialect {
    private static final Layout REQUEST =
            Layout.builder().string("model").flag("stream").build();

    private final Dialect errors;
    private final boolean metered;

    /** Speaks errors as {@code errors} does; reads usage only if {@code metered}. */
    public TunnelDialect(Dialect errors, boolean metered) {
        this.errors = errors;
        this.metered = metered;
    }

    @Override
    public String name() {
        return "tunnel";
    }

    @Override
    public Family family() {
        return errors.family();
    }

    @Override
    public RequestFacts read(Endpoint endpoint, RequestBody body) {
        if (!isObject(body)) {
            return RequestFacts.unread(endpoint.model(), endpoint.streams());
        }
        ParsedObject root = RequestReader.read(body, REQUEST).root();
        return new RequestFacts(
                endpoint.model() != null ? endpoint.model() : root.string("model"),
                endpoint.streams() || Boolean.TRUE.equals(root.flag("stream")),
                -1,
                null,
                1,
                UsageOption.NOT_APPLICABLE,
                root.members(),
                List.of(),
                0,
                0,
                0);
    }

    private static boolean isObject(RequestBody body) {
        for (int i = 0; i < body.length(); i++) {
            byte b = body.array()[body.offset() + i];
            if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
                return b == '{';
            }
        }
        return false;
    }

    @Override
    public List<BodyEdit> model(RequestFacts facts, String model) {
        return facts.members().get("model") == null
                ? List.of()
                : List.of(facts.members().set("model", JsonString.quote(model)));
    }

    @Override
    public List<BodyEdit> outputCap(RequestFacts facts, @Nullable String capField, long tokens) {
        return List.of(); // which member caps it, if any, is not known
    }

    @Override
    public UsageReader usageReader(Endpoint endpoint, RequestFacts facts) {
        return metered && endpoint.operation() == Operation.TUNNEL
                ? AnswerReader.of(
                        TunnelPlaces.ANSWER, new OpenAiFacts(), facts, OpenAiFacts.ESTIMATE, Silence.SAY_NOTHING)
                : new UnbilledAnswer();
    }

    @Override
    public byte[] errorBody(Refusal refusal, int status, String requestId) {
        return errors.errorBody(refusal, status, requestId);
    }

    @Override
    public byte[] errorEvent(Refusal refusal, String requestId) {
        return errors.errorEvent(refusal, requestId);
    }

    @Override
    public String errorContentType() {
        return errors.errorContentType();
    }
}
