package io.tollgate.server.fakeprovider.wire;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.tollgate.server.fakeprovider.answer.Answer;
import io.tollgate.server.fakeprovider.behaviour.Behaviour;
import io.tollgate.server.fakeprovider.behaviour.Manner;
import io.tollgate.server.fakeprovider.traffic.Ending;
import io.tollgate.server.fakeprovider.traffic.ReceivedRequest;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The bytes of one answer on their way to the socket, and the end of the exchange. On the connection's loop. */
final class ReplyOutput {
    private final Channel channel;
    private final Host host;
    private final ReceivedRequest request;
    private final Answer answer;
    private final Behaviour behaviour;
    private final Runnable next;
    private final Framing framing;
    private final boolean closesAfter;
    private final byte @Nullable [] whole;
    private int events;
    private long bodyBytes;
    private boolean over;

    ReplyOutput(
            Channel channel,
            Host host,
            ReceivedRequest request,
            Answer answer,
            Behaviour behaviour,
            boolean keepAlive,
            Runnable next) {
        this.channel = channel;
        this.host = host;
        this.request = request;
        this.answer = answer;
        this.behaviour = behaviour;
        this.next = next;
        Set<Manner> manners = behaviour.manners();
        boolean endless = manners.contains(Manner.ENDLESS_BODY);
        boolean delimited = manners.contains(Manner.CLOSE_DELIMITED);
        boolean declared = behaviour.damage().contentLength() >= 0;
        this.whole = answer.streams() || endless || behaviour.steps() != null
                ? null
                : BodyParts.joined(BodyParts.of(answer, behaviour));
        this.framing = whole == null && !delimited && !declared ? Framing.CHUNKED : Framing.IDENTITY;
        boolean lies = declared && (whole == null || behaviour.damage().contentLength() > whole.length);
        this.closesAfter = !keepAlive || delimited || lies || manners.contains(Manner.CLOSES);
    }

    /** The whole body where it is sent with its length, else null. */
    byte @Nullable [] whole() {
        return whole;
    }

    boolean isOver() {
        return over;
    }

    boolean isWritable() {
        return channel.isWritable();
    }

    long bodyBytes() {
        return bodyBytes;
    }

    HeadBytes head() {
        int status = behaviour.status() == 0 ? answer.status() : behaviour.status();
        HeadBytes head = new HeadBytes(status).date(Clock.systemUTC()).line("content-type", answer.contentType());
        if (behaviour.damage().contentLength() >= 0) {
            head.line("content-length", Long.toString(behaviour.damage().contentLength()));
        } else if (framing == Framing.CHUNKED) {
            head.line("transfer-encoding", "chunked");
        } else if (whole != null && !behaviour.manners().contains(Manner.CLOSE_DELIMITED)) {
            head.line("content-length", Integer.toString(whole.length));
        }
        if (behaviour.manners().contains(Manner.GZIP)) {
            head.line("content-encoding", "gzip");
        }
        if (closesAfter) {
            head.line("connection", "close");
        }
        for (Map.Entry<String, String> header : answer.headers()) {
            head.line(header.getKey(), header.getValue());
        }
        for (Map.Entry<String, String> header : behaviour.headers()) {
            head.line(header.getKey(), header.getValue());
        }
        return head;
    }

    /** Bytes that are not the body. */
    void raw(byte[] bytes) {
        ChannelFuture unused = channel.write(Unpooled.wrappedBuffer(bytes));
    }

    /** A piece of the body. */
    void piece(byte[] bytes, int offset, int length) {
        bodyBytes += length;
        ChannelFuture unused = channel.write(framing.piece(channel.alloc(), bytes, offset, length))
                .addListener(done -> {
                    if (done.isSuccess()) {
                        host.written(length);
                    }
                });
    }

    void eventSent() {
        events++;
    }

    void flush() {
        channel.flush();
    }

    /** Done when all that was written so far was handed to the socket. */
    ChannelFuture flushed() {
        return channel.writeAndFlush(Unpooled.EMPTY_BUFFER);
    }

    /** The answer is whole. */
    void finish() {
        ChannelFuture unused = channel.writeAndFlush(framing.end()).addListener(done -> {
            if (end(done.isSuccess() ? Ending.Kind.SENT : Ending.Kind.PEER_CLOSED)) {
                if (closesAfter) {
                    closeChannel();
                } else {
                    next.run();
                }
            }
        });
    }

    /** The connection ends here. */
    void close() {
        ChannelFuture unused = flushed().addListener(done -> {
            end(Ending.Kind.CUT);
            closeChannel();
        });
    }

    /** The connection is reset once what was written has left. */
    void reset() {
        ChannelFuture unused = flushed().addListener(done -> {
            end(Ending.Kind.CUT);
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
            closeChannel();
        });
    }

    private void closeChannel() {
        ChannelFuture unused = channel.close();
    }

    /** The peer has gone. */
    void peerClosed() {
        end(Ending.Kind.PEER_CLOSED);
    }

    /** Records the end, the first time it is told. */
    private boolean end(Ending.Kind kind) {
        if (over) {
            return false;
        }
        over = true;
        request.ended(new Ending(kind, System.nanoTime(), events, bodyBytes));
        return true;
    }
}
