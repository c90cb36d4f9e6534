package io.tollgate.server.front;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

/**
 * Reads a cleartext connection's first bytes: HTTP/2's preface means HTTP/2 by prior knowledge, anything else HTTP/1.1.
 * An {@code Upgrade: h2c} offer (LangChain4j makes one on every call) is therefore just an HTTP/1.1 request.
 */
final class ProtocolSniffer extends ByteToMessageDecoder {
    private static final byte[] PREFACE = "PRI * HTTP/2.0".getBytes(StandardCharsets.US_ASCII);

    private final Consumer<ChannelHandlerContext> http1;
    private final Consumer<ChannelHandlerContext> http2;

    ProtocolSniffer(Consumer<ChannelHandlerContext> http1, Consumer<ChannelHandlerContext> http2) {
        this.http1 = http1;
        this.http2 = http2;
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        int known = Math.min(in.readableBytes(), PREFACE.length);
        for (int i = 0; i < known; i++) {
            if (in.getByte(in.readerIndex() + i) != PREFACE[i]) {
                http1.accept(ctx);
                ctx.pipeline().remove(this);
                return;
            }
        }
        if (known == PREFACE.length) {
            http2.accept(ctx);
            ctx.pipeline().remove(this);
        }
    }
}
