package io.tollgate.core.dialect.anthropic;

import static io.tollgate.core.text.JsonString.quote;

import io.tollgate.core.error.ErrorKind;
import io.tollgate.core.error.Refusal;

/** Errors as Anthropic writes them; {@code details.error_code} tells the reasons of one type apart. */
final class AnthropicErrors {
    private AnthropicErrors() {}

    static String json(Refusal refusal, String requestId) {
        String code = errorCode(refusal.kind());
        return "{\"type\":\"error\",\"error\":{\"type\":" + quote(refusal.kind().anthropicType())
                + ",\"message\":" + quote(refusal.message())
                + (code.isEmpty() ? "" : ",\"details\":{\"error_code\":" + quote(code) + "}")
                + "},\"request_id\":" + quote(requestId) + "}";
    }

    private static String errorCode(ErrorKind kind) {
        return switch (kind) {
            case BUDGET_EXHAUSTED -> "budget_exceeded";
            case RUN_LIMIT -> "run_limit_exceeded";
            default -> "";
        };
    }
}
