package io.tollgate.server.gateway;

import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The head of a call the gateway makes itself: a caller's own, with its credentials and tags, without what describes its
 * body or names its call, and with every lever switched off.
 */
final class OwnHead {
    private static final String OURS = "x-tollgate-";
    private static final Set<String> STAY = Set.of("key", "tags", "team", "feature", "environment", "user", "session");
    private static final Set<String> OTHERS = Set.of(
            "accept",
            "accept-encoding",
            "content-encoding",
            "content-length",
            "content-type",
            "expect",
            "idempotency-key",
            "x-request-id",
            "x-client-request-id",
            "x-stainless-retry-count");

    private OwnHead() {}

    static HttpHeaders headers(HttpHeaders callers, String task) {
        HttpHeaders own = DefaultHttpHeadersFactory.headersFactory().newHeaders();
        Iterator<Map.Entry<CharSequence, CharSequence>> all = callers.iteratorCharSequence();
        while (all.hasNext()) {
            Map.Entry<CharSequence, CharSequence> header = all.next();
            String name = header.getKey().toString().toLowerCase(Locale.ROOT);
            boolean stays =
                    name.startsWith(OURS) ? STAY.contains(name.substring(OURS.length())) : !OTHERS.contains(name);
            if (stays) {
                own.add(header.getKey(), header.getValue());
            }
        }
        own.set(HttpHeaderNames.CONTENT_TYPE, "application/json");
        own.set(HttpHeaderNames.ACCEPT, "application/json");
        own.set("x-tollgate-task", task);
        for (String lever : new String[] {"route", "cache", "shape"}) {
            own.set(OURS + lever, "off");
        }
        return own;
    }

    /** Google's parameter that asks for events. */
    static @Nullable String withoutStreaming(@Nullable String query) {
        if (query == null) {
            return null;
        }
        StringBuilder kept = new StringBuilder();
        for (String parameter : query.split("&")) {
            if (!parameter.startsWith("alt=") && !parameter.startsWith("$alt=") && !parameter.isEmpty()) {
                kept.append(kept.isEmpty() ? "" : "&").append(parameter);
            }
        }
        return kept.isEmpty() ? null : kept.toString();
    }
}
