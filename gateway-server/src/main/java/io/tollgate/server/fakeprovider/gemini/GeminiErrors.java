package io.tollgate.server.fakeprovider.gemini;

import static io.tollgate.server.fakeprovider.json.JsonText.object;

import io.tollgate.server.fakeprovider.answer.Answer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Google's own errors. */
public final class GeminiErrors {
    private GeminiErrors() {}

    /** A model that does not exist. */
    static Answer noSuchModel(String model, String operation) {
        return of(
                404,
                "models/" + model + " is not found for API version v1beta, or is not supported for " + operation
                        + ". Call ListModels to see the list of available models and their supported methods.");
    }

    /** What Google says with this status. */
    public static Answer of(int status, @Nullable String message) {
        Map<String, @Nullable Object> error =
                object("code", status, "message", message == null ? words(status) : message, "status", name(status));
        if (status == 429) {
            error.put(
                    "details",
                    List.of(
                            object(
                                    "@type",
                                    "type.googleapis.com/google.rpc.QuotaFailure",
                                    "violations",
                                    List.of(object(
                                            "quotaMetric",
                                            "generativelanguage.googleapis.com/generate_content_requests"))),
                            object("@type", "type.googleapis.com/google.rpc.RetryInfo", "retryDelay", "1s")));
        }
        return Answer.json(status, object("error", error)).withContentType("application/json; charset=UTF-8");
    }

    private static String name(int status) {
        return switch (status) {
            case 401 -> "UNAUTHENTICATED";
            case 403 -> "PERMISSION_DENIED";
            case 404 -> "NOT_FOUND";
            case 402, 429 -> "RESOURCE_EXHAUSTED";
            case 499 -> "CANCELLED";
            case 501 -> "UNIMPLEMENTED";
            case 503 -> "UNAVAILABLE";
            case 504 -> "DEADLINE_EXCEEDED";
            default -> status >= 500 ? "INTERNAL" : "INVALID_ARGUMENT";
        };
    }

    private static String words(int status) {
        return switch (status) {
            case 401 -> "Request had invalid authentication credentials.";
            case 403 -> "Method doesn't allow unregistered callers.";
            case 404 -> "Requested entity was not found.";
            case 429 -> "You exceeded your current quota, please check your plan and billing details.";
            case 503 -> "The model is overloaded. Please try again later.";
            case 504 -> "Deadline expired before operation could complete.";
            default -> status >= 500 ? "An internal error has occurred." : "Request contains an invalid argument.";
        };
    }
}
