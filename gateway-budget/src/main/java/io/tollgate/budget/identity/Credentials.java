package io.tollgate.budget.identity;

import io.tollgate.core.exchange.Caller;
import io.tollgate.core.http.KeyParameter;
import io.tollgate.core.http.RequestHead;
import java.util.ArrayList;
import java.util.List;

/** Where callers put credentials: OpenAI's SDKs a Bearer, Anthropic's older ones {@code x-api-key}, Google's {@code x-goog-api-key}, Azure's {@code api-key}. */
final class Credentials {
    /** In the order they are looked at; {@link Caller#QUERY_KEY} is Google's query parameter. */
    static final List<String> PLACES =
            List.of("x-tollgate-key", "authorization", "x-api-key", "x-goog-api-key", "api-key", Caller.QUERY_KEY);

    private static final String BEARER = "Bearer ";

    private Credentials() {}

    /** The credentials in one of {@link #PLACES}: more than one where a header or parameter is repeated. */
    static List<String> in(RequestHead head, String place) {
        List<String> values = place.equals(Caller.QUERY_KEY)
                ? KeyParameter.in(head.query())
                : head.headers().getAll(place);
        if (values.isEmpty()) {
            return values;
        }
        List<String> credentials = new ArrayList<>(values.size());
        for (String value : values) {
            String credential = place.equals("authorization") ? borne(value.strip()) : value.strip();
            if (!credential.isEmpty()) {
                credentials.add(credential);
            }
        }
        return credentials;
    }

    /** Empty for Basic and the like, which are the provider's business. */
    private static String borne(String authorization) {
        return authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? authorization.substring(BEARER.length()).strip()
                : "";
    }
}
