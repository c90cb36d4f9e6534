package io.tollgate.core.error;

/**
 * Every way Tollgate refuses or fails a call, and how each family of dialects says it. Sources: the providers' own
 * error tables; which status each SDK repeats was tried per client, and 402 is the one every tried client but codex
 * sends once.
 */
public enum ErrorKind {
    /** Broken JSON, a duplicate top-level key, a wrong type. */
    MALFORMED(400, "invalid_request_error", "invalid_request", "invalid_request_error", "INVALID_ARGUMENT", false),
    /** No credential, or one nobody knows. */
    UNAUTHENTICATED(401, "authentication_error", "invalid_api_key", "authentication_error", "UNAUTHENTICATED", false),
    /** The key may not use this model. */
    FORBIDDEN(403, "permission_error", "model_not_allowed", "permission_error", "PERMISSION_DENIED", false),
    /** No such provider or path. */
    NOT_FOUND(404, "not_found_error", "not_found", "not_found_error", "NOT_FOUND", false),
    /** The caller took too long to send its request. */
    REQUEST_TIMEOUT(
            408, "invalid_request_error", "request_timeout", "invalid_request_error", "DEADLINE_EXCEEDED", false),
    /** The body is over {@code max_request}. */
    TOO_LARGE(413, "invalid_request_error", "request_too_large", "request_too_large", "INVALID_ARGUMENT", false),
    /** A budget is used up; 429 for codex, which repeats a 402. */
    BUDGET_EXHAUSTED(
            402, "insufficient_quota", "project_spend_limit_exceeded", "billing_error", "RESOURCE_EXHAUSTED", true),
    /** An agent's run is over its limits. */
    RUN_LIMIT(402, "insufficient_quota", "run_limit_exceeded", "billing_error", "RESOURCE_EXHAUSTED", true),
    /** Too many requests or tokens for now; worth repeating later. */
    RATE_LIMITED(429, "rate_limit_error", "rate_limit_exceeded", "rate_limit_error", "RESOURCE_EXHAUSTED", false),
    /** Only the cache was to answer and cannot: the status of RFC 9111, section 5.2.1.7 ({@code only-if-cached}). */
    NOT_CACHED(504, "not_found_error", "not_cached", "not_found_error", "NOT_FOUND", true),
    /** Tollgate itself failed. */
    INTERNAL(500, "server_error", "internal_error", "api_error", "INTERNAL", false),
    /** Tollgate is draining or out of a bounded resource. */
    OVERLOADED(503, "server_error", "overloaded", "overloaded_error", "UNAVAILABLE", false),
    /** The provider could not be reached or broke off before it answered. */
    UPSTREAM_FAILED(502, "upstream_error", "upstream_failed", "api_error", "UNAVAILABLE", false),
    /** The provider did not answer in time. */
    UPSTREAM_TIMEOUT(504, "upstream_error", "upstream_timeout", "api_error", "DEADLINE_EXCEEDED", false);

    private final int status;
    private final String openAiType;
    private final String openAiCode;
    private final String anthropicType;
    private final String geminiStatus;
    private final boolean neverRetry;

    ErrorKind(
            int status,
            String openAiType,
            String openAiCode,
            String anthropicType,
            String geminiStatus,
            boolean neverRetry) {
        this.status = status;
        this.openAiType = openAiType;
        this.openAiCode = openAiCode;
        this.anthropicType = anthropicType;
        this.geminiStatus = geminiStatus;
        this.neverRetry = neverRetry;
    }

    /** The HTTP status for a client with this User-Agent: codex repeats a 402 but stops at an insufficient_quota 429. */
    public int status(@org.jspecify.annotations.Nullable String userAgent) {
        return status == 402 && userAgent != null && userAgent.startsWith("codex") ? 429 : status;
    }

    /** {@code error.type} in OpenAI's dialects. */
    public String openAiType() {
        return openAiType;
    }

    /** {@code error.code} in OpenAI's dialects. */
    public String openAiCode() {
        return openAiCode;
    }

    /** {@code error.type} in Anthropic's dialect. */
    public String anthropicType() {
        return anthropicType;
    }

    /** {@code error.status} in Gemini's dialect. */
    public String geminiStatus() {
        return geminiStatus;
    }

    /** Whether the reply carries {@code x-should-retry: false}: repeating it cannot help. */
    public boolean neverRetry() {
        return neverRetry;
    }
}
