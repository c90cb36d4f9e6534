package io.tollgate.core.dialect.gemini;

import static io.tollgate.core.text.JsonString.quote;

import io.tollgate.core.error.Refusal;

/** Errors as Google's services write them (google.rpc.Status in JSON). */
final class GeminiErrors {
    private GeminiErrors() {}

    static String json(Refusal refusal, int status) {
        return "{\"error\":{\"code\":" + status + ",\"message\":" + quote(refusal.message()) + ",\"status\":"
                + quote(refusal.kind().geminiStatus()) + "}}";
    }
}
