package io.tollgate.core.tokens;

import io.tollgate.core.dialect.Endpoint;
import io.tollgate.core.http.RequestBody;
import io.tollgate.core.tokens.formula.Formulas;
import io.tollgate.core.tokens.prompt.Prompt;
import io.tollgate.core.tokens.prompt.PromptReader;
import org.jspecify.annotations.Nullable;

/**
 * How many input tokens a request will be billed, from all of its text. Takes 0.1 ms per KB and reads the body as a tree:
 * for decisions that need an exact count and for trying out, never on an event loop. Thread-safe.
 */
public final class InputEstimator {
    private InputEstimator() {}

    /** For this model, or the one its dialect usually means. */
    public static long estimate(Endpoint endpoint, RequestBody body, @Nullable String model) {
        return tokens(endpoint, body, model, false);
    }

    /** The same for a recording whose tool calls were written out as text: they are counted as the calls they were. */
    public static long estimateTranscript(Endpoint endpoint, RequestBody body, @Nullable String model) {
        return tokens(endpoint, body, model, true);
    }

    private static long tokens(Endpoint endpoint, RequestBody body, @Nullable String model, boolean transcript) {
        String dialect = endpoint.dialect().name();
        Prompt prompt = PromptReader.read(dialect, endpoint.dialect().family(), body, transcript);
        ModelFamily family = ModelFamily.of(model, endpoint.dialect().family());
        return Formulas.tokens(prompt, family, dialect, endpoint.path(), model == null ? "" : model);
    }
}
