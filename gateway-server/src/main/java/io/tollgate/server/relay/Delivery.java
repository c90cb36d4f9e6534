package io.tollgate.server.relay;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.tollgate.core.error.Refusal;
import io.tollgate.core.exchange.Attempt;
import io.tollgate.core.exchange.End;
import io.tollgate.core.exchange.Exchange;
import io.tollgate.core.http.HopByHopHeaders;
import io.tollgate.core.http.ResponseHead;
import io.tollgate.core.provider.Target;
import io.tollgate.server.front.ResponseChannel;
import io.tollgate.server.loop.LoopState;
import org.jspecify.annotations.Nullable;

/**
 * One exchange's answer on its way to those who get it: the taps and, while it is there, the caller. It may be set aside
 * while a better one is asked for, and what fails before the caller has been sent anything becomes a refusal. On the
 * exchange's loop.
 */
final class Delivery {
    private final Exchange exchange;
    private final AnswerTaps taps;
    private final ResponseChannel response;
    private final Relay relay;
    private final LoopState loop;
    private @Nullable AnswerBody body;
    private @Nullable Aside aside;
    private boolean callerGone;
    private int status;

    /** Nothing has come yet. */
    Delivery(Exchange exchange, AnswerTaps taps, ResponseChannel response, Relay relay, LoopState loop) {
        this.exchange = exchange;
        this.taps = taps;
        this.response = response;
        this.relay = relay;
        this.loop = loop;
    }

    /** What the caller was sent, or would have been; 0 before a head has come. */
    int status() {
        return status;
    }

    /** Whether there is an answer, be it on its way or held until it is whole. */
    boolean hasAnswer() {
        return body != null;
    }

    /** The head of the answer has come. */
    void begin(int answered, HttpHeaders headers, Attempt from) {
        status = answered;
        HopByHopHeaders.strip(headers);
        taps.head(new ResponseHead(answered, headers));
        if (callerGone) {
            return; // only others listen
        }
        ReplyHeaders.add(headers, exchange, from, from.target());
        body = AnswerBody.of(exchange, answered, headers, response, relay.allocator());
    }

    /**
     * Shows a chunk and passes it on; takes it over.
     *
     * @return how the answer is to end here, or null where it goes on
     */
    @Nullable
    End pass(ByteBuf bytes) {
        taps.bytes(bytes);
        End stopped = exchange.stopped();
        if (callerGone) {
            bytes.release();
            return stopped;
        }
        AnswerBody to = answer();
        to.pass(bytes, loop);
        if (to.endedByGate()) {
            return End.STOPPED_EARLY;
        }
        return stopped != null && to.canEndEarly() ? stopped : null;
    }

    private AnswerBody answer() {
        AnswerBody begun = body;
        if (begun == null) {
            throw new IllegalStateException("bytes before the head of an answer");
        }
        return begun;
    }

    /** No more comes for the time being. */
    void flush() {
        if (body != null && !callerGone) {
            body.flush();
        }
    }

    /** The answer is whole, or as whole as wanted. */
    void finish(End end) {
        taps.end(end);
        if (!callerGone) {
            if (end == End.COMPLETE) {
                answer().finish();
            } else {
                answer().endEarly(end);
            }
        }
    }

    /** Nothing comes, or nothing more: the answer breaks off, or is a refusal where it had not begun. */
    void fail(End end, Refusal refusal, Target target) {
        taps.end(end);
        if (callerGone) {
            return;
        }
        if (body != null && body.begun()) {
            body.breakOff(exchange.endpoint().dialect(), refusal, exchange.id());
            return;
        }
        if (body != null) {
            body.discard();
        }
        ReplyHeaders.addWhere(exchange.replyHeaders(), exchange, target);
        status = Refusals.send(
                response,
                exchange.endpoint().dialect(),
                refusal,
                exchange.head().header(HttpHeaderNames.USER_AGENT),
                exchange.id(),
                exchange.replyHeaders());
    }

    /** Nobody waits for it any more. */
    void drop(End end) {
        taps.end(end);
        discard();
    }

    /** From now on only others listen, or nobody. */
    void callerLeft() {
        callerGone = true;
        discard();
    }

    boolean isCallerGone() {
        return callerGone;
    }

    private void discard() {
        if (body != null) {
            body.discard();
        }
    }

    /** Whether there is an answer of which the caller has been sent nothing, and none in its place yet. */
    boolean canSetAside() {
        return !callerGone && body != null && !body.begun() && aside == null;
    }

    /** Keeps the whole answer for the case that the one that is to better it fails. */
    void setAside(Attempt from) {
        aside = new Aside(answer(), from, status);
        body = null;
        taps.restart();
    }

    /** Whether an answer is set aside, and the caller can still be given it in place of the one under way. */
    boolean canGiveAside() {
        return aside != null && !callerGone && (body == null || !body.begun());
    }

    /** What was to be better failed: the caller gets the answer set aside. */
    void giveAside(End failed) {
        Aside kept = aside;
        if (kept == null) {
            throw new IllegalStateException("no answer is set aside");
        }
        aside = null;
        taps.end(failed);
        taps.restart(); // others must not take what failed for the answer
        discard();
        body = kept.body();
        status = kept.status();
        kept.body().finish();
    }

    /** Whose answer is set aside, or null. */
    @Nullable
    Attempt aside() {
        return aside == null ? null : aside.attempt();
    }

    /** The answer set aside, if there is one, is not needed any more. */
    void discardAside() {
        if (aside != null) {
            aside.body().discard();
            aside = null;
        }
    }
}
