package io.tollgate.cache.replay;

import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaders;
import io.tollgate.cache.store.StoredReply.Header;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Which of an answer's headers are part of the answer. Left out is what spoke to one caller or of one moment: framing,
 * cookies, rate limits, the date. Hop-by-hop headers have been taken out before.
 */
public final class KeptHeaders {
    private static final int MOST = 64;
    private static final int LONGEST = 4 * 1024;
    private static final Set<String> LEFT_OUT = Set.of(
            "content-length",
            "content-encoding",
            "connection",
            "transfer-encoding",
            "date",
            "age",
            "set-cookie",
            "set-cookie2",
            "retry-after",
            "alt-svc",
            "server-timing");
    private static final List<String> RATE_LIMITS =
            List.of("x-ratelimit-", "x-rate-limit-", "ratelimit", "anthropic-ratelimit-", "x-tollgate-");

    private KeptHeaders() {}

    /** Those to keep, with their names in lower case. */
    public static List<Header> of(HttpHeaders headers) {
        List<Header> kept = new ArrayList<>(16);
        for (Map.Entry<String, String> header : headers) {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            if (kept.size() < MOST && header.getValue().length() <= LONGEST && isKept(name)) {
                kept.add(new Header(name, header.getValue()));
            }
        }
        return List.copyOf(kept);
    }

    private static boolean isKept(String name) {
        return !LEFT_OUT.contains(name) && RATE_LIMITS.stream().noneMatch(name::startsWith);
    }

    /** As a new answer's headers. */
    public static HttpHeaders asHeaders(List<Header> kept) {
        HttpHeaders headers = DefaultHttpHeadersFactory.headersFactory().newHeaders();
        for (Header header : kept) {
            headers.add(header.name(), header.value());
        }
        return headers;
    }
}
