package io.tollgate.server.gateway;

import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.tollgate.core.http.RequestHead;
import io.tollgate.server.front.ResponseChannel;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** {@code /health/liveness} (also spelt {@code liveliness}) and {@code /health/readiness}, on both ports, without a key. */
public final class HealthPaths {
    private final Supplier<@Nullable String> unready;

    /** {@code unready} says why no traffic should come, or null when it may. */
    public HealthPaths(Supplier<@Nullable String> unready) {
        this.unready = unready;
    }

    /** Answers a health path; false when it is none. */
    public boolean answer(RequestHead head, ResponseChannel response) {
        if (!head.path().startsWith("/health/")
                || !(head.method().equals(HttpMethod.GET) || head.method().equals(HttpMethod.HEAD))) {
            return false;
        }
        switch (head.path()) {
            case "/health/liveness", "/health/liveliness" -> respond(response, 200, "alive");
            case "/health/readiness" -> {
                String reason = unready.get();
                respond(response, reason == null ? 200 : 503, reason == null ? "ready" : reason);
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private static void respond(ResponseChannel response, int status, String text) {
        HttpHeaders headers = DefaultHttpHeadersFactory.headersFactory().newHeaders();
        headers.set(HttpHeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8");
        headers.set(HttpHeaderNames.CACHE_CONTROL, "no-store");
        response.respond(status, headers, (text + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
