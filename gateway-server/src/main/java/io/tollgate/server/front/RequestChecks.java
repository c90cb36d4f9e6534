package io.tollgate.server.front;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.tollgate.core.error.ErrorKind;
import io.tollgate.core.error.Refusal;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a request's head must fulfil before its body is awaited. Refusing here closes the connection. */
final class RequestChecks {
    private RequestChecks() {}

    /** Why the head is refused, or null. */
    static @Nullable Refusal refusal(HttpRequest request, int maxRequest) {
        if (request.decoderResult().isFailure()) {
            return broken(request.decoderResult().cause());
        }
        HttpHeaders headers = request.headers();
        if (request.method().equals(HttpMethod.CONNECT) || request.method().equals(HttpMethod.TRACE)) {
            return malformed("method " + request.method() + " is not served here");
        }
        HttpVersion version = request.protocolVersion();
        if (!version.equals(HttpVersion.HTTP_1_1) && !version.equals(HttpVersion.HTTP_1_0)) {
            return malformed("expected HTTP/1.1, HTTP/1.0 or HTTP/2, got " + version);
        }
        String odd = oddCharacter(request);
        if (odd != null) {
            return malformed(odd);
        }
        if (version.equals(HttpVersion.HTTP_1_1)
                && headers.getAll(HttpHeaderNames.HOST).size() != 1) {
            return malformed("expected exactly one Host header, got "
                    + headers.getAll(HttpHeaderNames.HOST).size());
        }
        List<String> codings = headers.getAll(HttpHeaderNames.TRANSFER_ENCODING);
        if (!codings.isEmpty()
                && (codings.size() > 1
                        || !codings.getFirst().strip().equalsIgnoreCase("chunked")
                        || !version.equals(HttpVersion.HTTP_1_1))) {
            return malformed("expected Transfer-Encoding: chunked or none, got " + codings);
        }
        String encoding = headers.get(HttpHeaderNames.CONTENT_ENCODING);
        if (!ContentDecoding.isIdentity(encoding)) {
            ContentDecoding known = ContentDecoding.of(encoding);
            if (known == null) {
                return malformed("expected Content-Encoding gzip, deflate, br, zstd or none, got " + encoding);
            }
            known.close();
        }
        String length = headers.get(HttpHeaderNames.CONTENT_LENGTH);
        if (length != null && announced(length) > maxRequest) {
            return tooLarge(maxRequest);
        }
        return null;
    }

    private static @Nullable String oddCharacter(HttpRequest request) {
        String problem = HeadText.problemOfTarget(request.uri());
        Iterator<Map.Entry<CharSequence, CharSequence>> all = request.headers().iteratorCharSequence();
        while (problem == null && all.hasNext()) {
            Map.Entry<CharSequence, CharSequence> header = all.next();
            problem = HeadText.problemOfHeader(header.getKey(), header.getValue());
        }
        return problem;
    }

    private static long announced(String length) {
        try {
            return Long.parseLong(length.strip());
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE; // more digits than a long holds; the decoder has refused everything else
        }
    }

    /** A body over the bound. */
    static Refusal tooLarge(int maxRequest) {
        return new Refusal(
                ErrorKind.TOO_LARGE, "the request body is larger than server.max_request, " + maxRequest + " bytes");
    }

    /** A message the codec could not read. */
    static Refusal broken(@Nullable Throwable cause) {
        if (cause instanceof TooLongHttpLineException) {
            return malformed("the request line is longer than " + RequestDecoder.MAX_REQUEST_LINE + " bytes");
        }
        if (cause instanceof TooLongHttpHeaderException) {
            return malformed("the headers are larger than " + RequestDecoder.MAX_HEADERS + " bytes");
        }
        return malformed(cause == null ? "not readable as HTTP" : "not readable as HTTP: " + cause.getMessage());
    }

    private static Refusal malformed(String message) {
        return new Refusal(ErrorKind.MALFORMED, message);
    }
}
