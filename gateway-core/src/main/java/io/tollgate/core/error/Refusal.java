package io.tollgate.core.error;

import java.util.List;
import java.util.Map;

/**
 * One refusal: what kind, and a message that names the value and what was expected.
 *
 * @param message for the caller's developer; never holds a credential
 * @param headers further reply headers, e.g. {@code Retry-After}
 */
public record Refusal(ErrorKind kind, String message, List<Map.Entry<String, String>> headers) {
    /** Without further headers. */
    public Refusal(ErrorKind kind, String message) {
        this(kind, message, List.of());
    }
}
