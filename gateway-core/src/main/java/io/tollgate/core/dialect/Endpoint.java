package io.tollgate.core.dialect;

import org.jspecify.annotations.Nullable;

/**
 * What a request's path says before its body is read.
 *
 * @param dialect the language of body and answer
 * @param operation what is asked for
 * @param provider the provider's prefix in the path, or null when the model decides
 * @param path the path below the provider's base URL, percent-encoded, without the query
 * @param model the model where the path names it (Gemini, Azure deployments), decoded, or null
 * @param streams whether the path itself asks for a stream (Gemini)
 */
public record Endpoint(
        Dialect dialect,
        Operation operation,
        @Nullable String provider,
        String path,
        @Nullable String model,
        boolean streams) {}
