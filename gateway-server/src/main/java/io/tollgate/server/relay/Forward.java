package io.tollgate.server.relay;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaders;
import io.tollgate.core.error.Refusal;
import io.tollgate.core.exchange.Attempt;
import io.tollgate.core.exchange.Audience;
import io.tollgate.core.exchange.Completion;
import io.tollgate.core.exchange.End;
import io.tollgate.core.exchange.Exchange;
import io.tollgate.core.pipeline.Recovery;
import io.tollgate.core.pipeline.Reply;
import io.tollgate.core.provider.Target;
import io.tollgate.core.time.Ticker;
import io.tollgate.server.front.InboundRequest;
import io.tollgate.server.front.ResponseChannel;
import io.tollgate.server.loop.LoopState;

/**
 * Takes one exchange to its provider and the answer back: hears when a call answers, fails or is late, and when the
 * caller leaves, and sees to it that a {@link NextCall} follows or the {@link Delivery} goes on or ends. Everything
 * happens on the exchange's loop, and leads to {@link #over}, once.
 *
 * <p>The caller's reading decides the pace: while it takes no bytes, nothing is read from the provider. A caller that
 * leaves takes its call to the provider with it, unless others listen or the settings say to read on for the final usage.
 */
final class Forward implements UpstreamCall.Owner, ResponseChannel.Listener {
    private final Exchange exchange;
    private final ResponseChannel response;
    private final Relay relay;
    private final Ticker ticker;
    private final CallerPace pace;
    private final Delivery delivery;
    private final Race race;
    private final NextCall next;
    private boolean draining;
    private boolean over;

    Forward(
            Exchange exchange,
            Reply.FromUpstream upstream,
            InboundRequest request,
            ResponseChannel response,
            Relay relay) {
        this.exchange = exchange;
        this.response = response;
        this.relay = relay;
        this.ticker = relay.ticker();
        LoopState loop = request.loop();
        AnswerTaps taps = new AnswerTaps(exchange.taps(), loop, exchange.id());
        this.pace = new CallerPace(
                exchange, response, loop, relay.settings().stalledCaller().toNanos(), this::stalled);
        this.delivery = new Delivery(exchange, taps, response, relay, loop);
        Recovery recovery = upstream.recovery();
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
        this.next = new NextCall(exchange, recovery, race, taps, delivery, relay, loop, this);
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
        return !delivery.isCallerGone();
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
        if (answered >= 300 && delivery.canGiveAside()) {
            giveAside(End.UPSTREAM_FAILED);
        } else if (!next.follows(answered, headers)) {
            race.noHedge();
            delivery.begin(answered, headers, attempt());
        }
    }

    @Override
    public void body(UpstreamCall from, ByteBuf bytes) {
        if (over) {
            bytes.release();
            return;
        }
        if (next.takes(bytes)) {
            return;
        }
        int length = bytes.readableBytes();
        End ended = delivery.pass(bytes);
        if (ended != null) {
            finishAnswer(ended);
        } else if (!delivery.isCallerGone() && !pace.holds(from, length)) {
            response.abort();
            leaveToOthers();
        }
    }

    @Override
    public void readComplete() {
        if (!over) {
            delivery.flush();
        }
    }

    @Override
    public void end(UpstreamCall from) {
        if (!next.followsWhole() && (over || !next.betters())) {
            finishAnswer(End.COMPLETE);
        }
    }

    @Override
    public void failed(UpstreamCall from, End end, Refusal refusal) {
        if (!over && !race.goesOnWithout(from, new Recovery.Failure(end, 0, -1))) {
            race.notLate();
            if (!next.followsBroken()) {
                fail(end, refusal);
            }
        }
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
        } else if (delivery.isCallerGone() && !draining) {
            callerLeft();
        }
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
        if (next.isWaiting()) {
            callerLeft();
            return;
        }
        // what has not been sent yet stands in the caller's memory, which goes with it
        if (others != null && others.isPresent() && attempt().sentNanos() != 0) {
            leaveToOthers();
        } else if (delivery.hasAnswer() && relay.startDrain(target().provider())) {
            draining = true;
            leaveToOthers();
        } else {
            callerLeft();
        }
    }

    /** The answer is read on without its caller. */
    private void leaveToOthers() {
        delivery.callerLeft();
        race.callerLeft(true);
        exchange.forgetBody();
        pace.stop();
        race.call().resume();
    }

    /** Nobody is left. */
    private void callerLeft() {
        race.callerLeft(false);
        attempt().ended(End.CLIENT_GONE, ticker.nanos());
        delivery.drop(End.CLIENT_GONE);
        over(End.CLIENT_GONE);
    }

    /** The upstream's answer is whole, or as whole as wanted: the caller's leaving changes nothing about that any more. */
    private void finishAnswer(End end) {
        if (over) {
            return;
        }
        attempt().ended(end, ticker.nanos());
        Attempt aside = delivery.aside();
        if (aside != null) {
            next.superseded(aside);
        }
        delivery.finish(end);
        over(end);
    }

    /** What was to be better failed: the caller gets what there is. */
    private void giveAside(End end) {
        attempt().ended(end, ticker.nanos());
        if (!delivery.hasAnswer()) {
            next.abandoned();
        }
        delivery.giveAside(end);
        over(End.COMPLETE);
    }

    private void fail(End end, Refusal refusal) {
        if (delivery.canGiveAside()) {
            giveAside(end);
            return;
        }
        attempt().ended(end, ticker.nanos());
        if (!next.followsUnanswered(end)) {
            delivery.fail(end, refusal, target());
            over(end);
        }
    }

    private void over(End end) {
        over = true;
        if (attempt().firstByteNanos() == 0 && attempt().end() == End.CLIENT_GONE) {
            next.abandoned();
        }
        delivery.discardAside();
        next.stop();
        pace.stop();
        if (draining) {
            relay.endDrain();
        }
        race.stop();
        exchange.finish(new Completion(end, delivery.status(), ticker.nanos()));
    }
}
