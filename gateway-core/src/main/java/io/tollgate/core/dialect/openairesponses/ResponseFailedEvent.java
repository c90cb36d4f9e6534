package io.tollgate.core.dialect.openairesponses;

import static io.tollgate.core.text.JsonString.quote;

import io.tollgate.core.dialect.openai.OpenAiErrors;
import io.tollgate.core.error.ErrorKind;
import io.tollgate.core.error.Refusal;

/**
 * How a Responses stream says that it failed. A bare {@code error} event makes codex connect again five times and
 * openai-java drops it without a word; {@code response.failed} is understood by every client tried.
 */
final class ResponseFailedEvent {
    private ResponseFailedEvent() {}

    static byte[] of(Refusal refusal, String requestId) {
        return OpenAiErrors.utf8("event: response.failed\ndata: {\"type\":\"response.failed\",\"sequence_number\":0,"
                + "\"response\":{\"id\":" + quote("resp_" + requestId)
                + ",\"object\":\"response\",\"created_at\":0,\"status\":\"failed\",\"error\":{\"code\":"
                + quote(code(refusal.kind())) + ",\"message\":" + quote(refusal.message())
                + "},\"incomplete_details\":null,\"model\":\"\",\"output\":[],\"parallel_tool_calls\":false,"
                + "\"tool_choice\":\"auto\",\"tools\":[],\"usage\":null}}\n\n");
    }

    /** The codes of the API's own list; codex stops at insufficient_quota and repeats on server_error. */
    private static String code(ErrorKind kind) {
        if (kind == ErrorKind.UPSTREAM_FAILED || kind == ErrorKind.UPSTREAM_TIMEOUT || kind == ErrorKind.INTERNAL) {
            return "server_error";
        }
        return kind.neverRetry() ? kind.openAiType() : kind.openAiCode();
    }
}
