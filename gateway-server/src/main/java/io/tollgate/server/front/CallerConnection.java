package io.tollgate.server.front;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.CodecException;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import io.tollgate.core.error.ErrorKind;
import io.tollgate.core.error.Refusal;
import io.tollgate.core.http.RequestHead;
import io.tollgate.core.time.Ticker;
import io.tollgate.server.loop.Deadlines.Deadline;
import io.tollgate.server.loop.LoopState;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One caller's HTTP/1.1 connection, or one stream of its HTTP/2 connection: collects a request, hands it to the
 * listener's {@link RequestHandler}, and takes the next one when the response has ended. It never stops reading the
 * caller, because that would hide that the caller left; what arrives during a response waits in a bounded queue.
 */
final class CallerConnection extends ChannelInboundHandlerAdapter {
    private static final Logger log = LoggerFactory.getLogger(CallerConnection.class);
    private static final int MAX_PIPELINED = 128;

    private final RequestHandler handler;
    private final FrontLoad load;
    private final LoopState loop;
    private final Ticker ticker;
    private final boolean http2;
    private final Deadline deadline = new Deadline(this::expired);
    private final ArrayDeque<HttpObject> pipelined = new ArrayDeque<>(2);

    private @Nullable ChannelHandlerContext context;
    private @Nullable ResponseOutput output;
    private @Nullable HttpRequest receiving;
    private @Nullable RequestHead head;
    private @Nullable HeldBody body;
    private @Nullable ContentDecoding decoding;
    private long receivingSince;
    private long expected;
    private @Nullable CallerResponse responding;
    private boolean closing;

    CallerConnection(RequestHandler handler, FrontLoad load, LoopState loop, Ticker ticker, boolean http2) {
        this.handler = handler;
        this.load = load;
        this.loop = loop;
        this.ticker = ticker;
        this.http2 = http2;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        output = http2 ? new Http2Output(ctx) : new Http1Output(ctx);
        waitForRequest();
    }

    private ResponseOutput output() {
        return Objects.requireNonNull(output, "a connection before it was opened");
    }

    private void waitForRequest() {
        loop.deadlines().set(deadline, load.settings().patience().idle().toNanos());
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (!(message instanceof HttpObject part)) {
            ReferenceCountUtil.release(message);
            return;
        }
        if (closing || (responding != null && responding.isClosing())) {
            ReferenceCountUtil.release(part); // nothing more is served on this connection
        } else if (responding == null) {
            receive(ctx, part);
        } else if (pipelined.size() < MAX_PIPELINED) {
            pipelined.add(part);
        } else {
            ReferenceCountUtil.release(part);
            ctx.close();
        }
    }

    private void receive(ChannelHandlerContext ctx, HttpObject part) {
        try {
            if (part instanceof HttpRequest request) {
                begin(ctx, request);
            }
            if (part instanceof HttpContent content && receiving != null) {
                collect(ctx, content);
            }
        } finally {
            ReferenceCountUtil.release(part);
        }
    }

    private void begin(ChannelHandlerContext ctx, HttpRequest request) {
        receiving = request;
        head = RequestHead.of(request.method(), request.uri(), request.headers());
        Refusal refusal = RequestChecks.refusal(request, load.settings().maxRequest());
        if (refusal != null) {
            reject(ctx, refusal);
            return;
        }
        receivingSince = ticker.nanos();
        loop.deadlines().set(deadline, load.settings().patience().receive().toNanos());
        expected = HttpUtil.getContentLength(request, -1L);
        body = new HeldBody(ctx, load);
        String encoding = request.headers().get(HttpHeaderNames.CONTENT_ENCODING);
        if (!ContentDecoding.isIdentity(encoding)) {
            decoding = ContentDecoding.of(encoding);
            expected = -1;
        }
        if (HttpUtil.is100ContinueExpected(request)) {
            output().awaitsBody();
        }
    }

    private void collect(ChannelHandlerContext ctx, HttpContent content) {
        if (content.decoderResult().isFailure()) {
            reject(ctx, RequestChecks.broken(content.decoderResult().cause()));
            return;
        }
        HeldBody.Verdict verdict = add(content);
        if (verdict == null) {
            reject(
                    ctx,
                    new Refusal(
                            ErrorKind.MALFORMED,
                            "the body is not readable in the Content-Encoding that the request states"));
        } else if (verdict == HeldBody.Verdict.TOO_LARGE) {
            reject(ctx, RequestChecks.tooLarge(load.settings().maxRequest()));
        } else if (verdict == HeldBody.Verdict.NO_ROOM) {
            reject(ctx, new Refusal(ErrorKind.OVERLOADED, "too many large requests are held at the moment"));
        } else if (content instanceof LastHttpContent) {
            dispatch(ctx);
        } else {
            long left = load.settings().patience().receiveTotal().toNanos() - (ticker.nanos() - receivingSince);
            loop.deadlines()
                    .set(
                            deadline,
                            Math.min(left, load.settings().patience().receive().toNanos()));
        }
    }

    /** The verdict, or null when the bytes are not of the announced encoding. */
    private HeldBody.@Nullable Verdict add(HttpContent content) {
        HeldBody held = body;
        if (held == null) {
            throw new IllegalStateException("content without a request");
        }
        if (decoding == null) {
            return held.add(content.content(), expected);
        }
        HeldBody.Verdict[] verdict = {HeldBody.Verdict.TAKEN};
        Predicate<ByteBuf> sink = piece -> {
            verdict[0] = held.add(piece, -1);
            return verdict[0] == HeldBody.Verdict.TAKEN;
        };
        try {
            decoding.decode(content.content(), sink);
            if (content instanceof LastHttpContent && verdict[0] == HeldBody.Verdict.TAKEN) {
                decoding.finish(sink);
            }
            return verdict[0];
        } catch (RuntimeException e) {
            return null;
        }
    }

    private void dispatch(ChannelHandlerContext ctx) {
        HttpRequest request = receiving;
        RequestHead complete = head;
        HeldBody held = body;
        if (request == null || complete == null || held == null) {
            throw new IllegalStateException("dispatched without a request");
        }
        if (decoding != null) {
            request.headers().remove(HttpHeaderNames.CONTENT_ENCODING);
        }
        loop.deadlines().clear(deadline);
        CallerResponse response = respondTo(ctx, request, HttpUtil.isKeepAlive(request) && !load.isDraining(), true);
        handler.handle(new InboundRequest(complete, held.body(), ticker.nanos(), remote(ctx), loop), response);
    }

    private void reject(ChannelHandlerContext ctx, Refusal refusal) {
        loop.deadlines().clear(deadline);
        handler.reject(head, refusal, respondTo(ctx, receiving, false, false));
    }

    /** {@code whole}: the request has arrived whole, so nothing of it can still be on its way. */
    private CallerResponse respondTo(
            ChannelHandlerContext ctx, @Nullable HttpRequest request, boolean keepAlive, boolean whole) {
        CallerResponse response = new CallerResponse(
                ctx, request, keepAlive, http2, output(), () -> ended(ctx), () -> written(ctx, whole));
        responding = response;
        load.began();
        return response;
    }

    /** The response has ended and may be followed by the next request. */
    private void ended(ChannelHandlerContext ctx) {
        forgetRequest();
        waitForRequest();
        CallerResponse done = responding;
        responding = null;
        if (done != null && done.isClosing()) {
            closing = true;
            releasePipelined();
            return;
        }
        while (responding == null && !pipelined.isEmpty()) {
            receive(ctx, pipelined.poll());
        }
    }

    /** The response has left, or never will. */
    private void written(ChannelHandlerContext ctx, boolean whole) {
        load.ended();
        if (!closing) {
            return;
        }
        if (http2) {
            leaveStream(ctx, whole); // the stream itself may be over already
        } else if (!ctx.channel().isActive()) {
            return;
        } else if (whole) {
            ctx.close();
        } else {
            linger(ctx);
        }
    }

    /** A stream ends by itself; what its caller still sends is declined without harm to the answer. */
    private void leaveStream(ChannelHandlerContext ctx, boolean whole) {
        if (!whole && ctx.channel().isActive()) {
            ctx.writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.NO_ERROR), ctx.voidPromise());
        }
        if (load.isDraining()) {
            ctx.channel().parent().close(); // says goodbye, then waits for the other streams
        }
    }

    /**
     * Closes the way out but reads on for a while: closing on a caller that still sends resets the connection, and a reset
     * can overtake the answer that says why.
     */
    private void linger(ChannelHandlerContext ctx) {
        loop.deadlines().set(deadline, load.settings().patience().linger().toNanos());
        SslHandler tls = ctx.pipeline().get(SslHandler.class);
        if (tls != null) {
            tls.closeOutbound();
        } else if (ctx.channel() instanceof DuplexChannel duplex) {
            duplex.shutdownOutput();
        }
    }

    private void forgetRequest() {
        receiving = null;
        head = null;
        if (decoding != null) {
            decoding.close();
            decoding = null;
        }
        if (body != null) {
            body.release();
            body = null;
        }
    }

    private void releasePipelined() {
        for (HttpObject part = pipelined.poll(); part != null; part = pipelined.poll()) {
            ReferenceCountUtil.release(part);
        }
    }

    private void expired() {
        ChannelHandlerContext ctx = context;
        if (ctx == null) {
            return;
        }
        RequestDecoder decoder = ctx.pipeline().get(RequestDecoder.class);
        boolean begun = receiving != null || (decoder != null && decoder.isWithinHead());
        if (begun && !closing) {
            reject(
                    ctx,
                    new Refusal(
                            ErrorKind.REQUEST_TIMEOUT,
                            "the request did not arrive whole in time; "
                                    + load.settings().patience().receive().toMillis()
                                    + " ms may pass between two parts of it, and "
                                    + load.settings().patience().receiveTotal().toSeconds() + " s in all"));
        } else {
            ctx.close();
        }
    }

    private static InetSocketAddress remote(ChannelHandlerContext ctx) {
        var channel = ctx.channel().parent() != null && ctx.channel().remoteAddress() == null
                ? ctx.channel().parent()
                : ctx.channel();
        return channel.remoteAddress() instanceof InetSocketAddress address
                ? address
                : InetSocketAddress.createUnresolved("unknown", 0);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (responding != null && ctx.channel().isWritable()) {
            responding.becameWritable();
        }
        ctx.fireChannelWritabilityChanged();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        loop.deadlines().clear(deadline);
        CallerResponse interrupted = responding;
        if (interrupted != null) {
            interrupted.callerGone();
            load.ended();
            responding = null;
        }
        forgetRequest();
        releasePipelined();
        output().discard();
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        boolean callers = cause instanceof IOException
                || cause instanceof CodecException
                || cause instanceof Http2Exception; // what callers break is not worth a line each
        if (!callers) {
            log.error("a caller's connection failed", cause);
        }
        ctx.close(); // a reset, a broken TLS record: channelInactive tells the rest
    }
}
