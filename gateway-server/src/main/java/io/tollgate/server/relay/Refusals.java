package io.tollgate.server.relay;

import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.tollgate.core.dialect.Dialect;
import io.tollgate.core.error.Refusal;
import io.tollgate.server.front.ResponseChannel;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Says no in the caller's dialect, with the headers that keep SDKs from repeating what cannot succeed. */
public final class Refusals {
    private Refusals() {}

    /**
     * Sends a refusal.
     *
     * @param further headers to add, e.g. the exchange's
     * @return the status sent
     */
    public static int send(
            ResponseChannel response,
            Dialect dialect,
            Refusal refusal,
            @Nullable String userAgent,
            String requestId,
            @Nullable HttpHeaders further) {
        int status = refusal.kind().status(userAgent);
        HttpHeaders headers = DefaultHttpHeadersFactory.headersFactory().newHeaders();
        if (further != null) {
            headers.add(further);
        }
        headers.set(HttpHeaderNames.CONTENT_TYPE, dialect.errorContentType());
        headers.set("x-tollgate-request-id", requestId);
        if (refusal.kind().neverRetry()) {
            headers.set("x-should-retry", "false");
        }
        for (Map.Entry<String, String> header : refusal.headers()) {
            headers.set(header.getKey(), header.getValue());
        }
        response.respond(status, headers, dialect.errorBody(refusal, status, requestId));
        return status;
    }
}
