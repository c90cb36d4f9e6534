package io.tollgate.server.admin;

import io.tollgate.core.text.JsonString;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * An answer of the admin port.
 *
 * @param headers beside the usual ones, or instead of them
 */
public record AdminAnswer(int status, String contentType, byte[] body, Map<String, String> headers) {
    /** With the usual headers. */
    public AdminAnswer(int status, String contentType, byte[] body) {
        this(status, contentType, body, Map.of());
    }

    /** JSON. */
    public static AdminAnswer json(String json) {
        return new AdminAnswer(200, "application/json", json.getBytes(StandardCharsets.UTF_8));
    }

    /** Text of another type. */
    public static AdminAnswer text(String contentType, String text) {
        return new AdminAnswer(200, contentType, text.getBytes(StandardCharsets.UTF_8));
    }

    /** An error as RFC 9457 wants it. */
    public static AdminAnswer problem(int status, String detail) {
        return new AdminAnswer(
                status,
                "application/problem+json",
                ("{\"status\":" + status + ",\"title\":" + JsonString.quote(title(status)) + ",\"detail\":"
                                + JsonString.quote(detail) + "}")
                        .getBytes(StandardCharsets.UTF_8));
    }

    private static String title(int status) {
        return io.netty.handler.codec.http.HttpResponseStatus.valueOf(status).reasonPhrase();
    }
}
