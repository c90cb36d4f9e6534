package io.tollgate.server.fakeprovider.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.tollgate.server.fakeprovider.answer.Answer;
import io.tollgate.server.fakeprovider.behaviour.Behaviour;
import io.tollgate.server.fakeprovider.behaviour.StepStream;
import io.tollgate.server.fakeprovider.traffic.Ending;
import io.tollgate.server.fakeprovider.traffic.ReceivedRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One connection of the simulated provider: requests in order, one answer at a time. On its own loop. */
public final class ProviderConnection extends ChannelInboundHandlerAdapter {
    private static final int MOST_PIPELINED = 64;
    private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] BAD_REQUEST =
            "HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TOO_LARGE =
            "HTTP/1.1 413 Content Too Large\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII);

    private record Waiting(ReceivedRequest request, Behaviour behaviour, boolean keepAlive) {}

    private final Host host;
    private final long number;
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private @Nullable ReceivedRequest arriving;
    private boolean arrivingKeepsAlive;
    private boolean answeredAtHead;
    private @Nullable Reply current;

    /** A connection with this number. */
    public ProviderConnection(Host host, long number) {
        this.host = host;
        this.number = number;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            if (message instanceof HttpRequest head) {
                if (head.decoderResult().isFailure()) {
                    refuse(context, BAD_REQUEST);
                    return;
                }
                headArrived(context, head);
            }
            if (message instanceof HttpContent content) {
                contentArrived(context, content);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void headArrived(ChannelHandlerContext context, HttpRequest head) {
        HttpHeaders headers = head.headers();
        List<Map.Entry<String, String>> lines = headers.entries();
        ReceivedRequest request =
                new ReceivedRequest(host.nextRequest(), number, head.method().name(), head.uri(), lines);
        arriving = request;
        arrivingKeepsAlive = HttpUtil.isKeepAlive(head);
        body.reset();
        if (HttpUtil.is100ContinueExpected(head)) {
            ChannelFuture unused = context.writeAndFlush(Unpooled.wrappedBuffer(CONTINUE));
        }
        Behaviour early = host.atHead(request);
        answeredAtHead = early != null;
        if (early != null) {
            host.received(request);
            enqueue(context, new Waiting(request, early, arrivingKeepsAlive));
        }
    }

    private void contentArrived(ChannelHandlerContext context, HttpContent content) {
        ReceivedRequest request = arriving;
        if (request == null) {
            return;
        }
        ByteBuf bytes = content.content();
        if (body.size() + bytes.readableBytes() > host.mostBodyBytes()) {
            refuse(context, TOO_LARGE);
            return;
        }
        try {
            bytes.readBytes(body, bytes.readableBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (content instanceof LastHttpContent) {
            arriving = null;
            request.bodyArrived(body.toByteArray());
            if (!answeredAtHead) {
                host.received(request);
                enqueue(context, new Waiting(request, host.of(request), arrivingKeepsAlive));
            }
        }
    }

    private void enqueue(ChannelHandlerContext context, Waiting next) {
        if (waiting.size() >= MOST_PIPELINED) {
            ChannelFuture unused = context.close();
            return;
        }
        waiting.add(next);
        if (current == null) {
            answerNext(context);
        }
    }

    private void answerNext(ChannelHandlerContext context) {
        current = null;
        Waiting next = waiting.poll();
        if (next == null) {
            return;
        }
        Behaviour behaviour = next.behaviour();
        Answer answer = host.answer(next.request(), behaviour);
        ReplyOutput output = new ReplyOutput(
                context.channel(),
                host,
                next.request(),
                answer,
                behaviour,
                next.keepAlive(),
                () -> answerNext(context));
        StepStream steps = behaviour.steps();
        Reply reply = steps == null
                ? new ScriptedReply(context.executor(), output, answer, behaviour)
                : new SteppedReply(context.executor(), output, next.request(), answer, steps);
        current = reply;
        reply.start();
    }

    private void refuse(ChannelHandlerContext context, byte[] answer) {
        arriving = null;
        ChannelFuture unused =
                context.writeAndFlush(Unpooled.wrappedBuffer(answer)).addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        Reply reply = current;
        if (reply != null && context.channel().isWritable()) {
            reply.writable();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        Reply reply = current;
        if (reply != null) {
            reply.peerClosed();
        }
        ReceivedRequest torn = arriving;
        if (torn != null && !answeredAtHead) {
            host.received(torn);
            gone(torn);
        }
        waiting.forEach(left -> gone(left.request()));
    }

    private static void gone(ReceivedRequest request) {
        request.ended(new Ending(Ending.Kind.PEER_CLOSED, System.nanoTime(), 0, 0));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        ChannelFuture unused = context.close();
    }
}
