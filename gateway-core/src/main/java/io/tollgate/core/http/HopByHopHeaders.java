package io.tollgate.core.http;

import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Headers that speak about one connection and are never passed on (RFC 9110 section 7.6.1, and what practice added). */
public final class HopByHopHeaders {
    private static final Set<String> NAMES = Set.of(
            "connection",
            "keep-alive",
            "proxy-connection",
            "proxy-authenticate",
            "proxy-authorization",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "http2-settings");

    private HopByHopHeaders() {}

    /** Whether a header of this name, in any case, stays behind; {@code named} are those the Connection header lists. */
    public static boolean contains(String name, @Nullable Set<String> named) {
        String lower = name.toLowerCase(Locale.ROOT);
        return NAMES.contains(lower) || (named != null && named.contains(lower));
    }

    /** The further names a message's Connection header lists, lower-case, or null when it lists none. */
    public static @Nullable Set<String> namedBy(HttpHeaders headers) {
        List<String> values = headers.getAll("connection");
        if (values.isEmpty()) {
            return null;
        }
        Set<String> named = null;
        for (String value : values) {
            for (String token : value.split(",")) {
                String name = token.strip().toLowerCase(Locale.ROOT);
                if (!name.isEmpty() && !name.equals("keep-alive") && !name.equals("close")) {
                    named = named == null ? new java.util.HashSet<>() : named;
                    named.add(name);
                }
            }
        }
        return named;
    }
}
