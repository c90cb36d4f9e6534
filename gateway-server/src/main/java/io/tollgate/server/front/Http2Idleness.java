package io.tollgate.server.front;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.tollgate.server.loop.Deadlines.Deadline;
import io.tollgate.server.loop.LoopState;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Closes an HTTP/2 connection, with a goodbye, on which no stream was opened and none was open for some time. */
final class Http2Idleness extends ChannelInboundHandlerAdapter {
    private final LoopState loop;
    private final Duration idle;
    private final Deadline deadline = new Deadline(this::look);
    private @Nullable ChannelHandlerContext context;
    private boolean used;

    Http2Idleness(LoopState loop, Duration idle) {
        this.loop = loop;
        this.idle = idle;
    }

    void streamBegins() {
        used = true;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        loop.deadlines().set(deadline, idle.toNanos());
    }

    private void look() {
        ChannelHandlerContext ctx = context;
        if (ctx == null) {
            return;
        }
        Http2FrameCodec codec = ctx.pipeline().get(Http2FrameCodec.class);
        if (!used && codec.connection().numActiveStreams() == 0) {
            ctx.close();
        } else {
            used = false;
            loop.deadlines().set(deadline, idle.toNanos());
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        loop.deadlines().clear(deadline);
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close(); // a broken connection; its streams hear of it by themselves
    }
}
