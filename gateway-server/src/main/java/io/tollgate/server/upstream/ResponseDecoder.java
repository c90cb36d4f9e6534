package io.tollgate.server.upstream;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpResponseDecoder;

/** HTTP/1.1 responses; those to HEAD have no body whatever their headers say. */
final class ResponseDecoder extends HttpResponseDecoder {
    private boolean toHead;
    private boolean anyByte;

    ResponseDecoder() {
        super(new HttpDecoderConfig()
                .setMaxInitialLineLength(8 * 1024)
                .setMaxHeaderSize(64 * 1024)
                .setMaxChunkSize(64 * 1024)
                .setValidateHeaders(true));
    }

    void answersHead(boolean head) {
        toHead = head;
    }

    /** Whether any byte has come since {@link #awaitAnswer}. */
    boolean anyByte() {
        return anyByte;
    }

    void awaitAnswer() {
        anyByte = false;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
        anyByte = true;
        super.channelRead(ctx, message);
    }

    @Override
    protected boolean isContentAlwaysEmpty(HttpMessage message) {
        return toHead || super.isContentAlwaysEmpty(message);
    }
}
