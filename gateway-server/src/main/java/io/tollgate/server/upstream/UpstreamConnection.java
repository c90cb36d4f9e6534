package io.tollgate.server.upstream;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.io.EOFException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One keep-alive connection to a provider, serving one call at a time. Confined to its loop. */
public final class UpstreamConnection extends ChannelInboundHandlerAdapter {
    private final Channel channel;
    private final ResponseDecoder decoder;
    private final ConnectionPool pool;
    private final Origin origin;
    private @Nullable UpstreamListener listener;
    private boolean responseBegun;
    private boolean skipping;
    private boolean keepAlive;
    private boolean requestWritten;
    private int calls;
    private long idleSince;

    UpstreamConnection(Channel channel, ResponseDecoder decoder, ConnectionPool pool, Origin origin) {
        this.channel = channel;
        this.decoder = decoder;
        this.pool = pool;
        this.origin = origin;
    }

    Origin origin() {
        return origin;
    }

    boolean isOpen() {
        return channel.isActive();
    }

    void idleSince(long nanos) {
        idleSince = nanos;
    }

    long idleSince() {
        return idleSince;
    }

    /** Sends a whole request (head and body in one buffer, taken over) and tells {@code next} of the answer. */
    public void call(ByteBuf request, boolean toHead, UpstreamListener next) {
        listener = next;
        responseBegun = false;
        keepAlive = false;
        requestWritten = false;
        calls++;
        decoder.answersHead(toHead);
        channel.writeAndFlush(request).addListener(written -> {
            requestWritten = written.isSuccess();
            if (!written.isSuccess()) {
                fail(written.cause());
            }
        });
    }

    /** Stops or starts reading: the back-pressure of a slow caller. */
    public void read(boolean wanted) {
        channel.config().setAutoRead(wanted);
    }

    /** Breaks the call off; the listener hears nothing more. */
    public void cancel() {
        listener = null;
        channel.close();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        UpstreamListener hearer = listener;
        if (hearer == null || !(message instanceof HttpObject part)) {
            ReferenceCountUtil.release(message);
            ctx.close(); // bytes nobody asked for
            return;
        }
        if (part.decoderResult().isFailure()) {
            ReferenceCountUtil.release(message);
            fail(part.decoderResult().cause());
            return;
        }
        if (part instanceof HttpResponse response) {
            skipping = response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
            if (response.status().code() == 101) {
                ReferenceCountUtil.release(message);
                fail(new IOException("the provider switched protocols, which nobody asked for"));
                return;
            }
            if (!skipping) {
                responseBegun = true;
                keepAlive = HttpUtil.isKeepAlive(response);
                hearer.head(response.status().code(), response.headers());
            }
        }
        if (part instanceof HttpContent content) {
            content(hearer, content);
        }
    }

    private void content(UpstreamListener hearer, HttpContent content) {
        if (skipping) {
            content.release();
            return;
        }
        if (content.content().isReadable() && isHeardBy(hearer)) {
            hearer.body(content.content());
        } else {
            content.release();
        }
        if (content instanceof LastHttpContent && isHeardBy(hearer)) {
            listener = null;
            // whoever answers before it has read the request may take the rest of it for the next one
            if (keepAlive && requestWritten && channel.isActive()) {
                channel.config().setAutoRead(true);
                pool.release(this);
            } else {
                channel.close();
            }
            hearer.end();
        }
    }

    /** Whether nothing has ended or cancelled the call meanwhile. */
    @SuppressWarnings("ReferenceEquality") // one particular listener, not an equal one
    private boolean isHeardBy(UpstreamListener hearer) {
        return listener == hearer;
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        UpstreamListener hearer = listener;
        if (hearer != null) {
            hearer.readComplete();
        }
        ctx.fireChannelReadComplete();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        pool.forget(this);
        fail(new EOFException(
                responseBegun
                        ? "the provider closed the connection in the middle of its answer"
                        : "the provider closed the connection before it answered"));
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        fail(cause);
    }

    private void fail(Throwable cause) {
        UpstreamListener hearer = listener;
        listener = null;
        channel.close();
        if (hearer != null) {
            hearer.failed(cause, calls > 1 && !responseBegun);
        }
    }
}
