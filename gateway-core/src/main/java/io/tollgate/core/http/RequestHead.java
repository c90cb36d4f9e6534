package io.tollgate.core.http;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import org.jspecify.annotations.Nullable;

/**
 * A request without its body, as the caller sent it.
 *
 * @param path still percent-encoded, without the query
 * @param query without the question mark, or null
 */
public record RequestHead(
        HttpMethod method, String path, @Nullable String query, HttpHeaders headers) {
    /** Splits a request target at its question mark. */
    public static RequestHead of(HttpMethod method, String uri, HttpHeaders headers) {
        int question = uri.indexOf('?');
        return question < 0
                ? new RequestHead(method, uri, null, headers)
                : new RequestHead(method, uri.substring(0, question), uri.substring(question + 1), headers);
    }

    /** A header's first value, or null. */
    public @Nullable String header(CharSequence name) {
        return headers.get(name);
    }
}
