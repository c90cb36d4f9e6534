package io.tollgate.server.relay;

import io.netty.buffer.Unpooled;
import io.tollgate.core.error.ErrorKind;
import io.tollgate.core.error.Refusal;
import io.tollgate.core.exchange.Completion;
import io.tollgate.core.exchange.End;
import io.tollgate.core.exchange.Exchange;
import io.tollgate.core.pipeline.AnswerFeed;
import io.tollgate.core.pipeline.AnswerFeed.Piece;
import io.tollgate.server.front.ResponseChannel;
import io.tollgate.server.loop.Deadlines.Deadline;
import io.tollgate.server.loop.LoopState;

/**
 * Gives a caller an answer that is not being bought for it, as fast as the caller takes it: one that was kept, or one that
 * is just arriving for another call. Confined to the exchange's loop.
 */
final class FedAnswer implements ResponseChannel.Listener {
    private final Exchange exchange;
    private final AnswerFeed feed;
    private final int status;
    private final AnswerBody body;
    private final ResponseChannel response;
    private final LoopState loop;
    private final Relay relay;
    private final Deadline stalled = new Deadline(this::stalled);
    private boolean blocked;
    private boolean over;

    /** {@code body} has begun. */
    FedAnswer(
            Exchange exchange,
            AnswerFeed feed,
            int status,
            AnswerBody body,
            ResponseChannel response,
            LoopState loop,
            Relay relay) {
        this.exchange = exchange;
        this.feed = feed;
        this.status = status;
        this.body = body;
        this.response = response;
        this.loop = loop;
        this.relay = relay;
    }

    void start() {
        response.listen(this);
        pump();
    }

    private void pump() {
        while (!over && canWrite()) {
            Piece piece = feed.next();
            if (piece != null) {
                body.pass(Unpooled.wrappedBuffer(piece.array(), piece.offset(), piece.length()), loop);
            } else {
                switch (feed.state()) {
                    case COMPLETE -> {
                        body.finish();
                        over(End.CACHED);
                    }
                    case BROKEN -> {
                        body.breakOff(exchange.endpoint().dialect(), broken(), exchange.id());
                        over(End.UPSTREAM_FAILED);
                    }
                    case OPEN -> {
                        body.flush();
                        feed.whenMore(loop.loop(), this::pump);
                        return;
                    }
                }
            }
        }
    }

    private static Refusal broken() {
        return new Refusal(
                ErrorKind.UPSTREAM_FAILED,
                "the answer, which was shared with an identical call, broke off, or was read too slowly to be shared");
    }

    private boolean canWrite() {
        if (!response.isWritable()) {
            body.flush();
        }
        if (response.isWritable()) {
            return true;
        }
        if (!blocked) {
            blocked = true;
            loop.deadlines().set(stalled, relay.settings().stalledCaller().toNanos());
        }
        return false;
    }

    @Override
    public void writable() {
        if (blocked && !over) {
            blocked = false;
            loop.deadlines().clear(stalled);
            pump();
        }
    }

    private void stalled() {
        if (!over) {
            response.abort();
            gone();
        }
    }

    @Override
    public void gone() {
        if (!over) {
            body.discard();
            over(End.CLIENT_GONE);
        }
    }

    private void over(End end) {
        over = true;
        loop.deadlines().clear(stalled);
        exchange.finish(new Completion(end, status, relay.ticker().nanos()));
    }
}
