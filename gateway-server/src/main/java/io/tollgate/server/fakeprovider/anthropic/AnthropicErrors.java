package io.tollgate.server.fakeprovider.anthropic;

import static io.tollgate.server.fakeprovider.json.JsonText.object;

import io.tollgate.server.fakeprovider.answer.Answer;
import io.tollgate.server.fakeprovider.answer.House;
import org.jspecify.annotations.Nullable;

/** Anthropic's own errors. */
public final class AnthropicErrors {
    private AnthropicErrors() {}

    /** A request that is wrong. */
    static Answer invalid(House house, String message) {
        return error(house, 400, "invalid_request_error", message);
    }

    /** A model that does not exist. */
    static Answer noSuchModel(House house, String model) {
        return error(house, 404, "not_found_error", "model: " + model);
    }

    /** What Anthropic says with this status. */
    public static Answer of(House house, int status, @Nullable String message) {
        return switch (status) {
            case 401 ->
                error(house, status, "authentication_error", or(message, "invalid x-api-key"))
                        .withHeaders("x-should-retry", "false");
            case 402 -> error(house, status, "billing_error", or(message, "Your credit balance is too low."));
            case 403 -> error(house, status, "permission_error", or(message, "Forbidden"));
            case 404 -> error(house, status, "not_found_error", or(message, "Not found"));
            case 413 -> error(house, status, "request_too_large", or(message, "Request exceeds the maximum size"));
            case 429 ->
                error(
                        house,
                        status,
                        "rate_limit_error",
                        or(message, "This request would exceed your organization's rate limit."));
            case 504 -> error(house, status, "timeout_error", or(message, "Request timed out"));
            case 529 -> error(house, status, "overloaded_error", or(message, "Overloaded"));
            default ->
                status >= 500
                        ? error(house, status, "api_error", or(message, "Internal server error"))
                        : error(house, status, "invalid_request_error", or(message, "Invalid request"));
        };
    }

    private static Answer error(House house, int status, String type, String message) {
        return Answer.json(
                status,
                object(
                        "type", "error",
                        "error", object("type", type, "message", message),
                        "request_id", house.id("req_01")));
    }

    private static String or(@Nullable String message, String otherwise) {
        return message == null ? otherwise : message;
    }
}
