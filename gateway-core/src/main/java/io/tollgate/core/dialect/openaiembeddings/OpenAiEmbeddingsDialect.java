package io.tollgate.core.dialect.openaiembeddings;

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
import io.tollgate.core.dialect.openai.ModelEdit;
import io.tollgate.core.dialect.openai.OpenAiErrors;
import io.tollgate.core.dialect.openai.usage.Fact;
import io.tollgate.core.dialect.openai.usage.OpenAiFacts;
import io.tollgate.core.dialect.openai.usage.OpenAiPlaces;
import io.tollgate.core.error.Refusal;
import io.tollgate.core.http.BodyEdit;
import io.tollgate.core.http.RequestBody;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code openai-embeddings}: POST …/embeddings. No output, no stream; inputs are texts or token ids. */
public final class OpenAiEmbeddingsDialect implements Dialect {
    private static final Layout REQUEST = Layout.builder()
            .string("model")
            .text("input")
            .media("image_url", "image")
            .silent("type")
            .build();

    private static final ScanLayout<Fact> ANSWER = OpenAiPlaces.answer()
            .container(Fact.USAGE, "meta")
            .number(Fact.BILLED_IN, "meta.billed_units.input_tokens")
            .build();

    @Override
    public String name() {
        return "openai-embeddings";
    }

    @Override
    public Family family() {
        return Family.OPENAI;
    }

    @Override
    public RequestFacts read(Endpoint endpoint, RequestBody body) {
        ParsedRequest parsed = RequestReader.read(body, REQUEST);
        ParsedObject root = parsed.root();
        return new RequestFacts(
                endpoint.model() != null ? endpoint.model() : root.string("model"),
                false,
                -1,
                null,
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
        return List.of(); // vectors have no length to cap
    }

    @Override
    public UsageReader usageReader(Endpoint endpoint, RequestFacts facts) {
        return AnswerReader.of(ANSWER, new OpenAiFacts(), facts, OpenAiFacts.ESTIMATE, Silence.ESTIMATE);
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
