package io.tollgate.server.fakeprovider.openai;

import static io.tollgate.server.fakeprovider.json.JsonText.object;

import io.tollgate.server.fakeprovider.answer.Answer;
import org.jspecify.annotations.Nullable;

/** OpenAI's own errors. */
public final class OpenAiErrors {
    private OpenAiErrors() {}

    /** An error with all its members. */
    public static Answer error(int status, String message, String type, @Nullable String param, @Nullable String code) {
        return Answer.json(status, object("error", members(message, type, param, code)));
    }

    /** A request that is wrong. */
    public static Answer invalid(String message, @Nullable String param, @Nullable String code) {
        return error(400, message, "invalid_request_error", param, code);
    }

    /** A model that does not exist. */
    public static Answer noSuchModel(String model) {
        return error(
                404,
                "The model `" + model + "` does not exist or you do not have access to it.",
                "invalid_request_error",
                null,
                "model_not_found");
    }

    /** What OpenAI says with this status. */
    public static Answer of(int status, @Nullable String message) {
        return switch (status) {
            case 401 ->
                error(
                        401,
                        or(message, "Incorrect API key provided."),
                        "invalid_request_error",
                        null,
                        "invalid_api_key");
            case 402, 403 ->
                error(status, or(message, "You do not have access to this resource."), "permission_error", null, null);
            case 404 -> error(404, or(message, "Not found."), "invalid_request_error", null, "model_not_found");
            case 429 ->
                error(
                        429,
                        or(message, "Rate limit reached for requests per minute. Please try again later."),
                        "requests",
                        null,
                        "rate_limit_exceeded");
            case 503 ->
                error(
                        503,
                        or(message, "The engine is currently overloaded, please try again later."),
                        "server_error",
                        null,
                        null);
            default ->
                status >= 500
                        ? error(
                                status,
                                or(message, "The server had an error while processing your request. Sorry about that!"),
                                "server_error",
                                null,
                                null)
                        : error(status, or(message, "Invalid request."), "invalid_request_error", null, null);
        };
    }

    static Object members(String message, String type, @Nullable String param, @Nullable String code) {
        return object("message", message, "type", type, "param", param, "code", code);
    }

    private static String or(@Nullable String message, String otherwise) {
        return message == null ? otherwise : message;
    }
}
