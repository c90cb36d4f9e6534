package io.tollgate.server.front;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.util.ReferenceCountUtil;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Stops heads that HTTP/1.1 could not say before they are made into its messages: HTTP/2 frames carry any byte, and the
 * conversion throws away what it does not like, with a buffer, and without an answer. They become requests that could not
 * be read, which are refused as all others.
 */
final class Http2HeadGuard extends ChannelInboundHandlerAdapter {
    private boolean headSeen;

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (!headSeen && message instanceof Http2HeadersFrame frame) {
            headSeen = true;
            String problem = problem(frame.headers());
            if (problem != null) {
                ReferenceCountUtil.release(message);
                ctx.fireChannelRead(unreadable(frame.headers().path(), problem));
                return;
            }
        }
        ctx.fireChannelRead(message);
    }

    /** With its own path where that is readable: it says in whose dialect to refuse. */
    private static FullHttpRequest unreadable(@Nullable CharSequence path, String problem) {
        boolean readable = path != null && path.length() > 0 && HeadText.problemOfTarget(path) == null;
        FullHttpRequest request = new DefaultFullHttpRequest(
                HttpVersion.HTTP_1_1, HttpMethod.GET, readable ? String.valueOf(path) : "/bad-request");
        request.setDecoderResult(DecoderResult.failure(new IllegalArgumentException(problem)));
        return request;
    }

    private static @Nullable String problem(Http2Headers headers) {
        CharSequence method = headers.method();
        CharSequence path = headers.path();
        if (method == null || path == null) {
            return "expected :method and :path";
        }
        for (int i = 0; i < method.length(); i++) {
            if (!Character.isLetterOrDigit(method.charAt(i)) && method.charAt(i) != '-') {
                return ":method holds character 0x" + Integer.toHexString(method.charAt(i));
            }
        }
        String problem = HeadText.problemOfTarget(path);
        Iterator<Map.Entry<CharSequence, CharSequence>> all = headers.iterator();
        while (problem == null && all.hasNext()) {
            Map.Entry<CharSequence, CharSequence> header = all.next();
            problem = HeadText.problemOfHeader(header.getKey(), header.getValue());
        }
        return problem;
    }
}
