package io.tollgate.server.front;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import org.jspecify.annotations.Nullable;

/** Writes one response to one caller, framed as its protocol wants it. Confined to the caller's loop. */
final class CallerResponse implements ResponseChannel {
    private final ChannelHandlerContext ctx;
    private final boolean http2;
    private final ResponseOutput out;
    private final boolean chunkedKnown;
    private final Runnable whenEnded;
    private final Runnable whenWritten;
    private boolean bodiless;
    private boolean keepAlive;
    private boolean begun;
    private boolean over;
    private long announced = -1;
    private long written;
    private @Nullable Listener listener;

    CallerResponse(
            ChannelHandlerContext ctx,
            @Nullable HttpRequest request,
            boolean keepAlive,
            boolean http2,
            ResponseOutput out,
            Runnable whenEnded,
            Runnable whenWritten) {
        this.ctx = ctx;
        this.http2 = http2;
        this.out = out;
        this.keepAlive = keepAlive;
        this.whenEnded = whenEnded;
        this.whenWritten = whenWritten;
        this.chunkedKnown = request == null || !request.protocolVersion().equals(HttpVersion.HTTP_1_0);
        this.bodiless = request != null && request.method().equals(HttpMethod.HEAD);
    }

    @Override
    public void listen(Listener next) {
        listener = next;
    }

    @Override
    public void head(int status, HttpHeaders headers, long contentLength) {
        if (over) {
            return;
        }
        begun = true;
        bodiless = bodiless || status == 204 || status == 304;
        announced = contentLength;
        frame(headers, contentLength, status);
        out.head(status, headers);
    }

    private void frame(HttpHeaders headers, long contentLength, int status) {
        boolean noBody = status == 204 || status == 304;
        if (contentLength >= 0) {
            if (!noBody) {
                headers.set(HttpHeaderNames.CONTENT_LENGTH, contentLength);
            }
        } else if (!http2 && !noBody) {
            if (chunkedKnown) {
                headers.set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
            } else {
                keepAlive = false; // HTTP/1.0: the end of the connection is the end of the body
            }
        }
        if (!http2) {
            if (!keepAlive) {
                headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
            } else if (!chunkedKnown) {
                headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE);
            }
        }
    }

    @Override
    public void body(ByteBuf bytes) {
        if (over || bodiless || !bytes.isReadable()) {
            bytes.release();
            return;
        }
        written += bytes.readableBytes();
        out.body(bytes);
    }

    @Override
    public void flush() {
        out.flush();
    }

    @Override
    public void end() {
        if (over) {
            return;
        }
        if (announced >= 0 && written < announced && !bodiless) {
            abort(); // fewer bytes than announced: the caller must not take it for whole
            return;
        }
        over = true;
        leave(out.end(bodiless));
    }

    /** The next response may begin at once, but this one counts until its last byte has left. */
    private void leave(ChannelFuture last) {
        whenEnded.run();
        last.addListener(left -> whenWritten.run());
    }

    @Override
    public void abort() {
        if (over) {
            return;
        }
        over = true;
        keepAlive = false;
        leave(ctx.close());
    }

    @Override
    public void respond(int status, HttpHeaders headers, byte[] body) {
        if (over) {
            return;
        }
        head(status, headers, body.length);
        body(Unpooled.wrappedBuffer(body));
        end();
    }

    @Override
    public boolean isWritable() {
        return ctx.channel().isWritable();
    }

    @Override
    public boolean begun() {
        return begun;
    }

    /** Whether the connection closes after this response. */
    boolean isClosing() {
        return !keepAlive;
    }

    void becameWritable() {
        if (listener != null && !over) {
            listener.writable();
        }
    }

    /** The connection is gone. */
    void callerGone() {
        if (!over) {
            over = true;
            if (listener != null) {
                listener.gone();
            }
        }
    }
}
