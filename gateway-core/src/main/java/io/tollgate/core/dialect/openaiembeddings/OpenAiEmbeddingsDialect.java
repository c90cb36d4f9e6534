package io.tollgate.core.dialect.openaiembeddings;

import io.tollgate.core.dialect.answer.ScanLayout;
import io.tollgate.core.dialect.json.Layout;
import io.tollgate.core.dialect.openai.CapEdit;
import io.tollgate.core.dialect.openai.OpenAiDialect;
import io.tollgate.core.dialect.openai.usage.Fact;
import io.tollgate.core.dialect.openai.usage.OpenAiPlaces;

/** {@code openai-embeddings}: POST …/embeddings. No output, no stream; inputs are texts or token ids. */
public final class OpenAiEmbeddingsDialect extends OpenAiDialect {
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

    /** The dialect. */
    public OpenAiEmbeddingsDialect() {
        super("openai-embeddings", REQUEST, CapEdit.NONE, ANSWER);
    }
}
