package io.tollgate.budget.identity;

import io.tollgate.core.exchange.Caller;
import io.tollgate.core.http.RequestHead;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where callers put credentials: OpenAI's SDKs a Bearer, Anthropic's older ones {@code x-api-key}, Google's {@code x-goog-api-key}, Azure's {@code api-key}. */
final class Credentials {
    /** In the order they are looked at; {@link Caller#QUERY_KEY} is Google's query parameter. */
    static final List<String> PLACES =
            List.of("x-tollgate-key", "authorization", "x-api-key", "x-goog-api-key", "api-key", Caller.QUERY_KEY);

    private static final String BEARER = "Bearer ";

    private Credentials() {}

    /** The credential in one of {@link #PLACES}, or null. */
    static @Nullable String in(RequestHead head, String header) {
        String value = header.equals(Caller.QUERY_KEY) ? inQuery(head.query()) : head.header(header);
        if (value == null) {
            return null;
        }
        String credential = value.strip();
        if (header.equals("authorization")) {
            if (!credential.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
                return null; // Basic and the like are the provider's business
            }
            credential = credential.substring(BEARER.length()).strip();
        }
        return credential.isEmpty() ? null : credential;
    }

    private static @Nullable String inQuery(@Nullable String query) {
        if (query == null || !query.contains("key=")) {
            return null;
        }
        for (String part : query.split("&")) {
            if (part.startsWith("key=")) {
                return part.substring(4);
            }
        }
        return null;
    }
}
