package io.tollgate.server.front;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequestDecoder;
import java.util.List;

/** HTTP/1.1 requests, strictly: a message with both Content-Length and Transfer-Encoding is a smuggling attempt. */
final class RequestDecoder extends HttpRequestDecoder {
    static final int MAX_REQUEST_LINE = 16 * 1024;
    static final int MAX_HEADERS = 64 * 1024;

    private boolean withinHead;

    RequestDecoder() {
        super(new HttpDecoderConfig()
                .setMaxInitialLineLength(MAX_REQUEST_LINE)
                .setMaxHeaderSize(MAX_HEADERS)
                .setMaxChunkSize(64 * 1024)
                .setInitialBufferSize(512));
    }

    /** Whether a request's head has begun to arrive and not ended. */
    boolean isWithinHead() {
        return withinHead;
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
        int decoded = out.size();
        super.decode(ctx, in, out);
        withinHead = out.size() == decoded;
    }

    @Override
    protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
        throw new IllegalArgumentException("both Content-Length and Transfer-Encoding are present");
    }
}
