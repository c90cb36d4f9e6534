package io.tollgate.server.relay;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
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
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Takes one exchange to its provider and the answer back: decides what follows when a call answers, fails or is late, and
 * when the caller leaves. Everything happens on the exchange's loop, and leads to {@link #over}, once.
 *
 * <p>The caller's reading decides the pace: while it takes no bytes, nothing is read from the provider. A caller that
 * leaves takes its call to the provider with it, unless others listen or the settings say to read on for the final usage.
 */
final class Forward implements UpstreamCall.Owner, ResponseChannel.Listener {
    private final Exchange exchange;
    private final ResponseChannel response;
    private final Relay relay;
    private final LoopState loop;
    private final Ticker ticker;
    private final AnswerTaps taps;
    private final CallerPace pace;
    private final Deadline wait = new Deadline(this::waited);
    private final Deadline patience = new Deadline(this::openTooLong);

    private final @Nullable Recovery recovery;
    private final Race race;
    private Recovery.@Nullable Next waitingFor;
    private @Nullable AnswerBody body;
    private @Nullable Aside aside;
    private @Nullable OpenFailure open;
    private boolean callerGone;
    private boolean draining;
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
        this.response = response;
        this.relay = relay;
        this.loop = request.loop();
        this.ticker = relay.ticker();
        this.taps = new AnswerTaps(exchange.taps(), loop, exchange.id());
        this.pace = new CallerPace(
                exchange, response, loop, relay.settings().stalledCaller().toNanos(), this::stalled);
        Target first = upstream.route().first();
        Recovery.Next instead = recovery == null ? null : recovery.begin(exchange, first);
        this.race = new Race(
                exchange,
                recovery,
                taps,
                relay,
                loop,
                this,
                instead == null ? first : instead.target(),
                instead == null ? null : instead.reason());
    }

    void start() {
        response.listen(this);
        Audience others = exchange.audience();
        if (others != null) {
            others.onChange(this::audienceChanged);
        }
        race.call().start();
    }

    private Attempt attempt() {
        return race.call().attempt();
    }

    private Target target() {
        return race.call().target();
    }

    @Override
    public boolean canSendAgain() {
        return !callerGone;
    }

    @Override
    public void sent(UpstreamCall call) {
        race.sent(call);
    }

    @Override
    public void head(UpstreamCall from, int answered, HttpHeaders headers) {
        if (race.isOn()) {
            if (answered >= 300) { // it does not win while the other may do better
                long retryAfter = RetryAfter.nanos(headers, exchange.receivedAt());
                race.goesOnWithout(from, new Recovery.Failure(End.UPSTREAM_FAILED, answered, retryAfter));
                return;
            }
            race.giveUpAllBut(from);
        }
        race.notLate();
        if (recovery == null || !recoversFrom(answered, headers)) {
            begin(answered, headers);
        }
    }

    /** The answer is the caller's. */
    private void begin(int answered, HttpHeaders headers) {
        race.noHedge();
        status = answered;
        HopByHopHeaders.strip(headers);
        taps.head(new ResponseHead(answered, headers));
        if (callerGone) {
            return; // only others listen
        }
        ReplyHeaders.add(headers, exchange, attempt(), target());
        body = AnswerBody.of(exchange, answered, headers, response, relay.allocator());
    }

    /** Whether the answer is a failure that another call makes good, or may; only in the latter case its body is read. */
    private boolean recoversFrom(int answered, HttpHeaders headers) {
        Recovery decides = Objects.requireNonNull(recovery);
        if (aside != null && answered >= 300 && !callerGone) {
            giveAside(aside, End.UPSTREAM_FAILED);
            return true;
        }
        if (!decides.isFailure(answered)) {
            decides.answered(exchange, attempt());
            return false;
        }
        long retryAfter = RetryAfter.nanos(headers, exchange.receivedAt());
        if (retryAfter < 0 && !callerGone && OpenFailure.mayTell(exchange, answered, headers)) {
            open = OpenFailure.of(answered, headers, relay.allocator());
            loop.deadlines().set(patience, OpenFailure.PATIENCE_NANOS);
            return true;
        }
        return recovers(new Recovery.Failure(End.UPSTREAM_FAILED, answered, retryAfter));
    }

    /** Whether another call makes good a failure of which all is known that will be; else what came of it is passed on. */
    private boolean recoversFrom(OpenFailure failure, long retryAfterNanos) {
        open = null;
        loop.deadlines().clear(patience);
        if (recovers(new Recovery.Failure(End.UPSTREAM_FAILED, failure.status(), retryAfterNanos))) {
            failure.release();
            return true;
        }
        begin(failure.status(), failure.headers());
        if (failure.body().isReadable()) {
            body(race.call(), failure.body());
        } else {
            failure.release();
        }
        return false;
    }

    private void openTooLong() {
        OpenFailure failure = open;
        if (!over && failure != null && !recoversFrom(failure, -1)) {
            readComplete();
        }
    }

    /** Nothing of an answer has been passed on or shown to anyone yet: the next call can be made in this one's place. */
    private boolean recovers(Recovery.Failure failure) {
        Recovery decides = Objects.requireNonNull(recovery);
        if (callerGone) {
            decides.abandoned(target()); // what was to be sent has left with the caller
            return false;
        }
        Recovery.Next next = decides.after(exchange, attempt(), failure);
        if (next == null) {
            return false;
        }
        attempt().ended(failure.end(), ticker.nanos());
        race.call().cancel();
        if (next.waitNanos() == 0) {
            again(next);
        } else {
            waitingFor = next;
            loop.deadlines().set(wait, next.waitNanos());
        }
        return true;
    }

    private void waited() {
        if (!over && waitingFor != null) {
            again(waitingFor);
        }
    }

    private void again(Recovery.Next next) {
        waitingFor = null;
        race.next(next);
    }

    @Override
    public void body(UpstreamCall from, ByteBuf bytes) {
        if (over) {
            bytes.release();
            return;
        }
        OpenFailure failure = open;
        if (failure != null) {
            if (!failure.add(bytes)) {
                var unused = recoversFrom(failure, -1);
            }
            return;
        }
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
        } else if (!pace.holds(from, length)) {
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

    @Override
    public void writable() {
        if (!over) {
            pace.caughtUp(race.call());
        }
    }

    /** Others have come to listen, or the last of them has left. */
    private void audienceChanged() {
        Audience others = exchange.audience();
        if (over || others == null) {
            return;
        }
        if (others.isPresent()) {
            pace.resume(race.call());
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
    public void end(UpstreamCall from) {
        OpenFailure failure = open;
        if (failure != null && recoversFrom(failure, failure.waitNanos(exchange))) {
            return;
        }
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
        taps.whole(attempt());
        Recovery.Next next = decides.afterAnswer(exchange, attempt());
        if (next == null) {
            return false;
        }
        attempt().ended(End.COMPLETE, ticker.nanos());
        aside = new Aside(whole, attempt(), status);
        body = null;
        taps.restart();
        again(next);
        return true;
    }

    /** What was to be better failed: the caller gets what there is. */
    private void giveAside(Aside kept, End end) {
        aside = null;
        attempt().ended(end, ticker.nanos());
        if (recovery != null && body == null) {
            recovery.abandoned(target());
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
        attempt().ended(end, ticker.nanos());
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
    public void failed(UpstreamCall from, End end, Refusal refusal) {
        if (!over && !race.goesOnWithout(from, new Recovery.Failure(end, 0, -1))) {
            race.notLate();
            OpenFailure failure = open;
            if (failure == null || !recoversFrom(failure, -1)) {
                fail(end, refusal);
            }
        }
    }

    private void fail(End end, Refusal refusal) {
        if (aside != null && !callerGone && (body == null || !body.begun())) {
            giveAside(aside, end);
            return;
        }
        attempt().ended(end, ticker.nanos());
        if (recovery != null && attempt().firstByteNanos() == 0) {
            taps.unanswered(attempt());
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
                ReplyHeaders.addWhere(exchange.replyHeaders(), exchange, target());
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

    private void stalled() {
        if (!over) {
            callerLeft();
            response.abort();
        }
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
        if (others != null && others.isPresent() && attempt().sentNanos() != 0) {
            leaveToOthers();
        } else if (body != null && relay.startDrain(target().provider())) {
            draining = true;
            leaveToOthers();
        } else {
            callerLeft();
        }
    }

    /** The answer is read on without its caller. */
    private void leaveToOthers() {
        callerGone = true;
        race.callerLeft(true);
        exchange.forgetBody();
        if (body != null) {
            body.discard();
        }
        pace.stop();
        race.call().resume();
    }

    private void callerLeft() {
        race.callerLeft(false);
        attempt().ended(End.CLIENT_GONE, ticker.nanos());
        taps.end(End.CLIENT_GONE);
        if (body != null) {
            body.discard();
        }
        over(End.CLIENT_GONE, status);
    }

    private void over(End end, int sent) {
        over = true;
        if (recovery != null && attempt().firstByteNanos() == 0 && attempt().end() == End.CLIENT_GONE) {
            recovery.abandoned(target());
        }
        if (aside != null) {
            aside.body().discard();
            aside = null;
        }
        if (open != null) {
            open.release();
            open = null;
            if (recovery != null) {
                recovery.abandoned(target());
            }
        }
        loop.deadlines().clear(wait);
        loop.deadlines().clear(patience);
        pace.stop();
        if (draining) {
            relay.endDrain();
        }
        race.stop();
        exchange.finish(new Completion(end, sent, ticker.nanos()));
    }
}
