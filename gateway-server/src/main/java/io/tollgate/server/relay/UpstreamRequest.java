package io.tollgate.server.relay;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.util.AsciiString;
import io.tollgate.core.exchange.Exchange;
import io.tollgate.core.exchange.UsageAsk;
import io.tollgate.core.http.BodyEdit;
import io.tollgate.core.http.SplicedBody;
import io.tollgate.core.provider.Provider;
import io.tollgate.core.provider.Secret;
import io.tollgate.core.provider.Target;
import io.tollgate.server.head.HeadBytes;
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

    private UpstreamRequest() {}

    /** A buffer the caller owns. */
    static ByteBuf encode(Exchange exchange, Target target, Origin origin, ByteBufAllocator allocator) {
        SplicedBody body = new SplicedBody(exchange.body(), allEdits(exchange, target));
        ByteBuf out = allocator.directBuffer(HEAD_ROOM + body.length());
        try {
            HeadBytes.ascii(out, exchange.head().method().asciiName());
            out.writeByte(' ');
            requestTarget(out, target);
            HeadBytes.ascii(out, " HTTP/1.1\r\nhost: ");
            HeadBytes.ascii(out, origin.authority());
            HeadBytes.endLine(out);
            headers(out, exchange, target);
            if (body.length() > 0 || expectsBody(exchange.head().method())) {
                HeadBytes.header(out, HttpHeaderNames.CONTENT_LENGTH, Integer.toString(body.length()));
            }
            HeadBytes.endLine(out);
            body.writeTo(out::writeBytes);
            return out;
        } catch (RuntimeException e) {
            out.release();
            throw e;
        }
    }

    private static List<BodyEdit> allEdits(Exchange exchange, Target target) {
        List<BodyEdit> edits = new ArrayList<>(target.edits());
        edits.addAll(exchange.edits());
        UsageAsk ask = exchange.usageAsk(target);
        if (ask != null) {
            edits.addAll(ask.edits());
        }
        if (target.equals(exchange.route().get().first())) {
            edits.addAll(exchange.editsForFirst()); // a cap that can be paid counts more than its new name
        }
        return edits;
    }

    private static boolean expectsBody(HttpMethod method) {
        return method.equals(HttpMethod.POST) || method.equals(HttpMethod.PUT) || method.equals(HttpMethod.PATCH);
    }

    private static void requestTarget(ByteBuf out, Target target) {
        String base = target.provider().baseUrl().getRawPath();
        if (base != null && !base.equals("/")) {
            HeadBytes.value(out, base);
        }
        HeadBytes.value(out, target.path());
    }

    private static void headers(ByteBuf out, Exchange exchange, Target target) {
        Provider provider = target.provider();
        Secret apiKey = provider.apiKey();
        boolean replaced = apiKey != null || target.withoutCallersCredential();
        Set<String> withheld = exchange.caller().get().withheld();
        Iterator<Map.Entry<CharSequence, CharSequence>> all =
                exchange.head().headers().iteratorCharSequence();
        while (all.hasNext()) {
            Map.Entry<CharSequence, CharSequence> header = all.next();
            if (!StaysBehind.test(header.getKey(), replaced) && !isAmong(withheld, header.getKey())) {
                HeadBytes.header(out, header.getKey(), header.getValue());
            }
        }
        HeadBytes.ascii(out, "accept-encoding: identity\r\n");
        if (apiKey != null) {
            HeadBytes.header(out, provider.credentialHeader(), provider.credentialPrefix() + apiKey.reveal());
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
}
