package io.tollgate.server.front;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.tollgate.server.loop.Deadlines.Deadline;
import io.tollgate.server.loop.LoopState;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a cleartext connection's first bytes: HTTP/2's preface means HTTP/2 by prior knowledge, anything else HTTP/1.1.
 * An {@code Upgrade: h2c} offer (LangChain4j makes one on every call) is therefore just an HTTP/1.1 request.
 */
final class ProtocolSniffer extends ByteToMessageDecoder {
    private static final byte[] PREFACE = "PRI * HTTP/2.0".getBytes(StandardCharsets.US_ASCII);

    private final LoopState loop;
    private final Duration patience;
    private final Deadline deadline = new Deadline(this::expired);
    private final Consumer<ChannelHandlerContext> http1;
    private final Consumer<ChannelHandlerContext> http2;

    private @Nullable ChannelHandlerContext context;

    /** Closes a connection on which nothing that tells its protocol is said for {@code patience}. */
    ProtocolSniffer(
            LoopState loop,
            Duration patience,
            Consumer<ChannelHandlerContext> http1,
            Consumer<ChannelHandlerContext> http2) {
        this.loop = loop;
        this.patience = patience;
        this.http1 = http1;
        this.http2 = http2;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        loop.deadlines().set(deadline, patience.toNanos());
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext ctx) {
        loop.deadlines().clear(deadline);
    }

    private void expired() {
        if (context != null) {
            context.close();
        }
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
