package io.tollgate.server.relay;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.tollgate.core.error.ErrorKind;
import io.tollgate.core.error.Refusal;
import io.tollgate.core.exchange.Attempt;
import io.tollgate.core.exchange.Audience;
import io.tollgate.core.exchange.Completion;
import io.tollgate.core.exchange.End;
import io.tollgate.core.exchange.Exchange;
import io.tollgate.core.http.HopByHopHeaders;
import io.tollgate.core.http.ResponseHead;
import io.tollgate.core.pipeline.Recovery;
import io.tollgate.core.pipeline.Reply;
import io.tollgate.core.provider.Target;
import io.tollgate.core.time.Ticker;
import io.tollgate.server.front.InboundRequest;
import io.tollgate.server.front.ResponseChannel;
import io.tollgate.server.loop.Deadlines.Deadline;
import io.tollgate.server.loop.LoopState;
import io.tollgate.server.upstream.ConnectionPool;
import io.tollgate.server.upstream.Origin;
import io.tollgate.server.upstream.UpstreamConnection;
import io.tollgate.server.upstream.UpstreamListener;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes one exchange to its provider and the answer back. Everything happens on the exchange's loop, in this order:
 * connect, send, wait for the head, pass the body on, end; whatever goes wrong on the way leads to {@link #over}, once.
 *
 * <p>The caller's reading decides the pace: while it takes no bytes, nothing is read from the provider. A caller that
 * leaves takes its call to the provider with it, unless others listen or the settings say to read on for the final usage.
 */
final class Forward implements UpstreamListener, ResponseChannel.Listener, ConnectionPool.Acquired {
    private static final Logger log = LoggerFactory.getLogger(Forward.class);

    private final Exchange exchange;
    private Target target;
    private Origin origin;
    private final ResponseChannel response;
    private final Relay relay;
    private final LoopState loop;
    private final Ticker ticker;
    private final AnswerTaps taps;
    private final Deadline deadline = new Deadline(this::expired);

    private final @Nullable Recovery recovery;
    private Attempt attempt;
    private Recovery.@Nullable Next waitingFor;
    private @Nullable UpstreamConnection connection;
    private @Nullable AnswerBody body;
    private @Nullable Aside aside;
    private boolean retriedStale;
    private boolean callerGone;
    private boolean draining;
    private boolean paused;
    private long behind;
    private boolean over;
    private int status;

    Forward(
            Exchange exchange,
            Reply.FromUpstream upstream,
            InboundRequest request,
            ResponseChannel response,
            Relay relay) {
        this.exchange = exchange;
        this.recovery = upstream.recovery();
        Recovery.Next instead = recovery == null
                ? null
                : recovery.begin(exchange, upstream.route().first());
        this.target = instead == null ? upstream.route().first() : instead.target();
        this.origin = Origin.of(target.provider());
        this.response = response;
        this.relay = relay;
        this.loop = request.loop();
        this.ticker = relay.ticker();
        this.taps = new AnswerTaps(exchange.taps(), loop, exchange.id());
        this.attempt = exchange.attempt(target, ticker.nanos());
        if (instead != null) {
            attempt.because(instead.reason());
        }
    }

    void start() {
        response.listen(this);
        Audience others = exchange.audience();
        if (others != null) {
            others.onChange(this::audienceChanged);
        }
        connect(false);
    }

    private void connect(boolean fresh) {
        relay.pool(loop).acquire(origin, target.provider().timeouts().connect().toMillis(), fresh, this);
    }

    @Override
    public void connection(UpstreamConnection acquired) {
        if (over) {
            relay.pool(loop).release(acquired);
            return;
        }
        ByteBuf request;
        try {
            request = UpstreamRequest.encode(exchange, target, origin, relay.allocator());
        } catch (RuntimeException e) {
            log.error("request {} cannot be written as it was decided", exchange.id(), e);
            relay.pool(loop).release(acquired);
            fail(End.UPSTREAM_FAILED, new Refusal(ErrorKind.INTERNAL, "Tollgate failed on request " + exchange.id()));
            return;
        }
        connection = acquired;
        loop.deadlines().set(deadline, target.provider().timeouts().firstByte().toNanos());
        attempt.sent(ticker.nanos());
        acquired.call(request, exchange.head().method().equals(HttpMethod.HEAD), this);
    }

    @Override
    public void failed(Throwable cause) {
        boolean tookTooLong = cause instanceof ConnectTimeoutException;
        fail(
                tookTooLong ? End.TIMED_OUT : End.UPSTREAM_FAILED,
                new Refusal(
                        tookTooLong ? ErrorKind.UPSTREAM_TIMEOUT : ErrorKind.UPSTREAM_FAILED,
                        "provider " + target.provider().name() + " cannot be reached: " + cause.getMessage()));
    }

    @Override
    public void head(int answered, HttpHeaders headers) {
        attempt.answered(answered, ticker.nanos());
        if (recovery != null && recoversFrom(answered, headers)) {
            return;
        }
        status = answered;
        awaitNextBytes();
        HopByHopHeaders.strip(headers);
        taps.head(new ResponseHead(answered, headers));
        if (callerGone) {
            return; // only others listen
        }
        ReplyHeaders.add(headers, exchange, attempt, target);
        body = AnswerBody.of(exchange, answered, headers, response, relay.allocator());
    }

    /** Whether the answer is a failure that another call makes good; its body is never read. */
    private boolean recoversFrom(int answered, HttpHeaders headers) {
        Recovery decides = Objects.requireNonNull(recovery);
        if (aside != null && answered >= 300 && !callerGone) {
            giveAside(aside, End.UPSTREAM_FAILED);
            return true;
        }
        if (!decides.isFailure(answered)) {
            decides.answered(target);
            return false;
        }
        return recovers(
                new Recovery.Failure(End.UPSTREAM_FAILED, answered, RetryAfter.nanos(headers, exchange.receivedAt())));
    }

    /** Nothing of an answer has been passed on or shown to anyone yet: the next call can be made in this one's place. */
    private boolean recovers(Recovery.Failure failure) {
        Recovery decides = Objects.requireNonNull(recovery);
        if (callerGone) {
            decides.abandoned(target); // what was to be sent has left with the caller
            return false;
        }
        Recovery.Next next = decides.after(exchange, attempt, failure);
        if (next == null) {
            return false;
        }
        attempt.ended(failure.end(), ticker.nanos());
        if (connection != null) {
            connection.cancel();
            connection = null;
        }
        loop.deadlines().clear(deadline);
        if (next.waitNanos() == 0) {
            again(next);
        } else {
            waitingFor = next;
            loop.deadlines().set(deadline, next.waitNanos());
        }
        return true;
    }

    private void again(Recovery.Next next) {
        waitingFor = null;
        retriedStale = false;
        target = next.target();
        origin = Origin.of(target.provider());
        attempt = exchange.attempt(target, ticker.nanos());
        attempt.because(next.reason());
        connect(false);
    }

    private void awaitNextBytes() {
        loop.deadlines()
                .set(deadline, target.provider().timeouts().betweenBytes().toNanos());
    }

    @Override
    public void body(ByteBuf bytes) {
        if (over) {
            bytes.release();
            return;
        }
        awaitNextBytes();
        taps.bytes(bytes);
        End stopped = exchange.stopped();
        if (callerGone) {
            bytes.release();
            if (stopped != null) {
                finishAnswer(stopped);
            }
            return;
        }
        AnswerBody to = answer();
        int length = bytes.readableBytes();
        to.pass(bytes, loop);
        if (to.endedByGate()) {
            finishAnswer(End.STOPPED_EARLY);
        } else if (stopped != null && to.canEndEarly()) {
            finishAnswer(stopped);
        } else if (!paused && !response.isWritable()) {
            response.flush();
            if (!response.isWritable()) {
                holdBack(length);
            }
        }
    }

    /** A caller that is slow is waited for, unless that would hold others up: then it may fall behind so far. */
    private void holdBack(int length) {
        Audience others = exchange.audience();
        if (others == null || !others.isPresent()) {
            pause();
            return;
        }
        behind += length;
        if (behind > others.mostBehind()) {
            response.abort();
            leaveToOthers();
        }
    }

    private AnswerBody answer() {
        AnswerBody begun = body;
        if (begun == null) {
            throw new IllegalStateException("bytes before the head of an answer");
        }
        return begun;
    }

    private void pause() {
        paused = true;
        reading(false);
        loop.deadlines().set(deadline, relay.settings().stalledCaller().toNanos());
    }

    private void reading(boolean wanted) {
        if (connection != null) {
            connection.read(wanted);
        }
    }

    @Override
    public void writable() {
        behind = 0;
        if (!over) {
            resume();
        }
    }

    private void resume() {
        if (paused) {
            paused = false;
            awaitNextBytes();
            reading(true);
        }
    }

    /** Others have come to listen, or the last of them has left. */
    private void audienceChanged() {
        Audience others = exchange.audience();
        if (over || others == null) {
            return;
        }
        if (others.isPresent()) {
            resume();
        } else if (callerGone && !draining) {
            callerLeft();
        }
    }

    @Override
    public void readComplete() {
        if (!over && body != null && !callerGone) {
            body.flush();
        }
    }

    @Override
    public void end() {
        connection = null; // it is the pool's again
        if (recovery == null || !asksAgain(recovery)) {
            finishAnswer(End.COMPLETE);
        }
    }

    /** Whether the whole answer is set aside and a better one asked for. */
    private boolean asksAgain(Recovery decides) {
        AnswerBody whole = body;
        if (over
                || callerGone
                || whole == null
                || whole.begun()
                || aside != null
                || !decides.looksAtAnswers(exchange)) {
            return false;
        }
        taps.whole(attempt);
        Recovery.Next next = decides.afterAnswer(exchange, attempt);
        if (next == null) {
            return false;
        }
        attempt.ended(End.COMPLETE, ticker.nanos());
        loop.deadlines().clear(deadline);
        aside = new Aside(whole, attempt, status);
        body = null;
        taps.restart();
        again(next);
        return true;
    }

    /** What was to be better failed: the caller gets what there is. */
    private void giveAside(Aside kept, End end) {
        aside = null;
        attempt.ended(end, ticker.nanos());
        if (recovery != null && body == null) {
            recovery.abandoned(target);
        }
        taps.end(end);
        taps.restart(); // others must not take what failed for the answer
        if (body != null) {
            body.discard();
        }
        body = kept.body();
        status = kept.status();
        kept.body().finish();
        over(End.COMPLETE, status);
    }

    /** The upstream's answer is whole, or as whole as wanted: the caller's leaving changes nothing about that any more. */
    private void finishAnswer(End end) {
        if (over) {
            return;
        }
        attempt.ended(end, ticker.nanos());
        if (aside != null && recovery != null) {
            recovery.superseded(aside.attempt());
        }
        taps.end(end);
        if (!callerGone) {
            if (end == End.COMPLETE) {
                answer().finish();
            } else {
                answer().endEarly(end);
            }
        }
        over(end, status);
    }

    @Override
    public void failed(Throwable cause, boolean stale) {
        connection = null;
        if (over) {
            return;
        }
        if (stale && !retriedStale && !callerGone) {
            // the provider closed a kept connection just as it was used again: it has not seen the request
            retriedStale = true;
            connect(true);
            return;
        }
        fail(
                End.UPSTREAM_FAILED,
                new Refusal(
                        ErrorKind.UPSTREAM_FAILED,
                        "provider " + target.provider().name() + " failed: " + cause.getMessage()));
    }

    private void expired() {
        if (over) {
            return;
        }
        if (waitingFor != null) {
            again(waitingFor);
            return;
        }
        if (paused) {
            callerLeft();
            response.abort();
            return;
        }
        boolean answering = body != null;
        fail(
                End.TIMED_OUT,
                new Refusal(
                        ErrorKind.UPSTREAM_TIMEOUT,
                        "provider " + target.provider().name() + " sent nothing for "
                                + (answering
                                                ? target.provider().timeouts().betweenBytes()
                                                : target.provider().timeouts().firstByte())
                                        .toMillis()
                                + " ms (timeouts." + (answering ? "between_bytes" : "first_byte") + ")"));
    }

    private void fail(End end, Refusal refusal) {
        if (over) {
            return;
        }
        if (aside != null && !callerGone && (body == null || !body.begun())) {
            giveAside(aside, end);
            return;
        }
        attempt.ended(end, ticker.nanos());
        if (recovery != null && attempt.firstByteNanos() == 0) {
            taps.unanswered(attempt);
            if (recovers(new Recovery.Failure(end, 0, -1))) {
                return;
            }
        }
        taps.end(end);
        if (!callerGone) {
            if (body != null && body.begun()) {
                body.breakOff(exchange.endpoint().dialect(), refusal, exchange.id());
            } else {
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
        }
        over(end, status);
    }

    @Override
    public void gone() {
        if (over) {
            return;
        }
        Audience others = exchange.audience();
        if (waitingFor != null) {
            callerLeft();
            return;
        }
        // what has not been sent yet stands in the caller's memory, which goes with it
        if (others != null && others.isPresent() && attempt.sentNanos() != 0) {
            leaveToOthers();
        } else if (body != null && relay.startDrain(target.provider())) {
            draining = true;
            leaveToOthers();
        } else {
            callerLeft();
        }
    }

    /** The answer is read on without its caller. */
    private void leaveToOthers() {
        callerGone = true;
        exchange.forgetBody();
        if (body != null) {
            body.discard();
            awaitNextBytes();
        }
        paused = false;
        reading(true);
    }

    private void callerLeft() {
        attempt.ended(End.CLIENT_GONE, ticker.nanos());
        taps.end(End.CLIENT_GONE);
        if (body != null) {
            body.discard();
        }
        over(End.CLIENT_GONE, status);
    }

    private void over(End end, int sent) {
        over = true;
        if (recovery != null && attempt.firstByteNanos() == 0 && attempt.end() == End.CLIENT_GONE) {
            recovery.abandoned(target);
        }
        if (aside != null) {
            aside.body().discard();
            aside = null;
        }
        loop.deadlines().clear(deadline);
        if (draining) {
            relay.endDrain();
        }
        if (connection != null) {
            connection.cancel();
            connection = null;
        }
        exchange.finish(new Completion(end, sent, ticker.nanos()));
    }
}
