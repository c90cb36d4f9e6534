package io.tollgate.core.dialect.openai;

import static io.tollgate.core.text.JsonString.quote;

import io.tollgate.core.error.Refusal;
import java.nio.charset.StandardCharsets;

/** Errors as OpenAI writes them; every SDK of the family reads {@code error.message}, {@code type} and {@code code}. */
public final class OpenAiErrors {
    private OpenAiErrors() {}

    /** The body of an error reply. */
    public static byte[] body(Refusal refusal, String requestId) {
        return utf8("{\"error\":" + error(refusal) + ",\"request_id\":" + quote(requestId) + "}");
    }

    /** An error in a stream of chunks, and the stream's usual end: the official SDKs raise it as an exception. */
    public static byte[] chunk(Refusal refusal, String requestId) {
        return utf8(
                "data: {\"error\":" + error(refusal) + ",\"request_id\":" + quote(requestId) + "}\n\ndata: [DONE]\n\n");
    }

    private static String error(Refusal refusal) {
        return "{\"message\":" + quote(refusal.message()) + ",\"type\":"
                + quote(refusal.kind().openAiType()) + ",\"param\":null,\"code\":"
                + quote(refusal.kind().openAiCode()) + "}";
    }

    /** Text as bytes. */
    public static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
