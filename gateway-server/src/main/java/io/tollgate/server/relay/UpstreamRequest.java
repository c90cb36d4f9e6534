package io.tollgate.server.relay;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.util.AsciiString;
import io.tollgate.core.exchange.Exchange;
import io.tollgate.core.http.BodyEdit;
import io.tollgate.core.http.SplicedBody;
import io.tollgate.core.provider.Provider;
import io.tollgate.core.provider.Secret;
import io.tollgate.core.provider.Target;
import io.tollgate.server.upstream.Origin;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes a request as it goes to a provider, head and spliced body in one contiguous buffer: one system call, and the
 * bytes outside the splices are the caller's own.
 */
final class UpstreamRequest {
    private static final int HEAD_ROOM = 2048;
    private static final AsciiString CRLF = AsciiString.cached("\r\n");
    private static final AsciiString COLON = AsciiString.cached(": ");

    private UpstreamRequest() {}

    /** A buffer the caller owns. */
    static ByteBuf encode(Exchange exchange, Target target, Origin origin, ByteBufAllocator allocator) {
        SplicedBody body = new SplicedBody(exchange.body(), allEdits(exchange, target));
        ByteBuf out = allocator.directBuffer(HEAD_ROOM + body.length());
        try {
            ascii(out, exchange.head().method().asciiName());
            out.writeByte(' ');
            requestTarget(out, target);
            ascii(out, " HTTP/1.1\r\nhost: ");
            ascii(out, origin.authority());
            ascii(out, CRLF);
            headers(out, exchange, target.provider());
            if (body.length() > 0 || expectsBody(exchange.head().method())) {
                ascii(out, "content-length: ");
                ascii(out, Integer.toString(body.length()));
                ascii(out, CRLF);
            }
            ascii(out, CRLF);
            body.writeTo(out::writeBytes);
            return out;
        } catch (RuntimeException e) {
            out.release();
            throw e;
        }
    }

    private static List<BodyEdit> allEdits(Exchange exchange, Target target) {
        if (target.edits().isEmpty()) {
            return exchange.edits();
        }
        List<BodyEdit> edits = new ArrayList<>(exchange.edits());
        edits.addAll(target.edits());
        return edits;
    }

    private static boolean expectsBody(HttpMethod method) {
        return method.equals(HttpMethod.POST) || method.equals(HttpMethod.PUT) || method.equals(HttpMethod.PATCH);
    }

    private static void requestTarget(ByteBuf out, Target target) {
        String base = target.provider().baseUrl().getRawPath();
        if (base != null && !base.equals("/")) {
            value(out, base);
        }
        value(out, target.path());
    }

    private static void headers(ByteBuf out, Exchange exchange, Provider provider) {
        Secret apiKey = provider.apiKey();
        Set<String> withheld = exchange.caller().get().withheld();
        Iterator<Map.Entry<CharSequence, CharSequence>> all =
                exchange.head().headers().iteratorCharSequence();
        while (all.hasNext()) {
            Map.Entry<CharSequence, CharSequence> header = all.next();
            if (!StaysBehind.test(header.getKey(), apiKey != null) && !isAmong(withheld, header.getKey())) {
                header(out, header.getKey(), header.getValue());
            }
        }
        ascii(out, "accept-encoding: identity\r\n");
        if (apiKey != null) {
            header(out, provider.credentialHeader(), provider.credentialPrefix() + apiKey.reveal());
        }
    }

    /** HTTP/1.1 spells names as it likes; {@code lowerCase} are not. */
    private static boolean isAmong(Set<String> lowerCase, CharSequence name) {
        if (!lowerCase.isEmpty()) {
            for (String each : lowerCase) {
                if (AsciiString.contentEqualsIgnoreCase(each, name)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static void header(ByteBuf out, CharSequence name, CharSequence text) {
        value(out, name);
        ascii(out, COLON);
        value(out, text);
        ascii(out, CRLF);
    }

    /** Latin-1, as HTTP defines header values; a control character here would be a second header. */
    private static void value(ByteBuf out, CharSequence text) {
        if (text instanceof AsciiString known) {
            ascii(out, known);
            return;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < ' ' && c != '\t') || c == 0x7f) {
                throw new IllegalArgumentException("control character 0x" + Integer.toHexString(c) + " in a header");
            }
            out.writeByte(c);
        }
    }

    private static void ascii(ByteBuf out, CharSequence text) {
        ByteBufUtil.writeAscii(out, text);
    }
}
