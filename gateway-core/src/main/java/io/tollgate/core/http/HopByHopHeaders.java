package io.tollgate.core.http;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import java.util.List;

/** Headers that speak about one connection and are never passed on (RFC 9110 section 7.6.1, and what practice added). */
public final class HopByHopHeaders {
    private static final AsciiString CONNECTION = AsciiString.cached("connection");
    private static final AsciiString[] NAMES = {
        AsciiString.cached("keep-alive"),
        AsciiString.cached("proxy-connection"),
        AsciiString.cached("proxy-authenticate"),
        AsciiString.cached("proxy-authorization"),
        AsciiString.cached("te"),
        AsciiString.cached("trailer"),
        AsciiString.cached("transfer-encoding"),
        AsciiString.cached("upgrade"),
        AsciiString.cached("http2-settings"),
    };

    private HopByHopHeaders() {}

    /** Removes them from a message's headers, those its Connection header names included. */
    public static void strip(HttpHeaders headers) {
        List<String> connection = headers.getAll(CONNECTION);
        if (!connection.isEmpty()) {
            for (String value : connection) {
                if (!value.equalsIgnoreCase("keep-alive")) {
                    stripNamed(headers, value);
                }
            }
            headers.remove(CONNECTION);
        }
        for (AsciiString name : NAMES) {
            headers.remove(name);
        }
    }

    private static void stripNamed(HttpHeaders headers, String connection) {
        for (String token : connection.split(",")) {
            String name = token.strip();
            // framing is the codec's business: naming it here must not change what a message means
            if (!name.isEmpty() && !name.equalsIgnoreCase("content-length") && !name.equalsIgnoreCase("host")) {
                headers.remove(name);
            }
        }
    }
}
