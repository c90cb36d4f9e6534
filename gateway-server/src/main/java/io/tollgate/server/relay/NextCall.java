package io.tollgate.server.relay;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaders;
import io.tollgate.core.exchange.Attempt;
import io.tollgate.core.exchange.End;
import io.tollgate.core.exchange.Exchange;
import io.tollgate.core.pipeline.Recovery;
import io.tollgate.server.loop.Deadlines.Deadline;
import io.tollgate.server.loop.LoopState;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The call in place of one that failed before anything of its answer was passed on or shown to anyone, or of one whose
 * whole answer is to be bettered: asks whether there is one, waits where it has to, and makes it. Where the recovery is
 * null there never is. On the exchange's loop.
 */
final class NextCall {
    private final Exchange exchange;
    private final @Nullable Recovery recovery;
    private final Race race;
    private final AnswerTaps taps;
    private final Delivery delivery;
    private final Relay relay;
    private final LoopState loop;
    private final UpstreamCall.Owner owner;
    private final Deadline wait = new Deadline(this::waited);
    private final Deadline patience = new Deadline(this::openTooLong);
    private Recovery.@Nullable Next waitingFor;
    private @Nullable OpenFailure open;

    /** {@code owner} hears of the body of a failure that becomes the answer. */
    NextCall(
            Exchange exchange,
            @Nullable Recovery recovery,
            Race race,
            AnswerTaps taps,
            Delivery delivery,
            Relay relay,
            LoopState loop,
            UpstreamCall.Owner owner) {
        this.exchange = exchange;
        this.recovery = recovery;
        this.race = race;
        this.taps = taps;
        this.delivery = delivery;
        this.relay = relay;
        this.loop = loop;
        this.owner = owner;
    }

    private Attempt attempt() {
        return race.call().attempt();
    }

    /** Whether an answer is a failure that another call makes good, or may; only in the latter case its body is read. */
    boolean follows(int answered, HttpHeaders headers) {
        if (recovery == null) {
            return false;
        }
        if (!recovery.isFailure(answered)) {
            recovery.answered(exchange, attempt());
            return false;
        }
        long retryAfter = RetryAfter.nanos(headers, exchange.receivedAt());
        if (retryAfter < 0 && !delivery.isCallerGone() && OpenFailure.mayTell(exchange, answered, headers)) {
            open = OpenFailure.of(answered, headers, relay.allocator());
            loop.deadlines().set(patience, OpenFailure.PATIENCE_NANOS);
            return true;
        }
        return follows(new Recovery.Failure(End.UPSTREAM_FAILED, answered, retryAfter));
    }

    /** Takes a chunk over if it belongs to a failure that another call may make good. */
    boolean takes(ByteBuf bytes) {
        OpenFailure failure = open;
        if (failure == null) {
            return false;
        }
        if (!failure.add(bytes)) {
            var unused = follows(failure, -1);
        }
        return true;
    }

    /** Whether it was such a failure that is whole now, and another call makes it good. */
    boolean followsWhole() {
        OpenFailure failure = open;
        return failure != null && follows(failure, failure.waitNanos(exchange));
    }

    /** Whether it was such a failure that broke off, and another call makes it good. */
    boolean followsBroken() {
        OpenFailure failure = open;
        return failure != null && follows(failure, -1);
    }

    private void openTooLong() {
        OpenFailure failure = open;
        if (failure != null && !follows(failure, -1)) {
            owner.readComplete();
        }
    }

    /** Whether another call makes good a failure of which all is known that will be; else what came of it is passed on. */
    private boolean follows(OpenFailure failure, long retryAfterNanos) {
        open = null;
        loop.deadlines().clear(patience);
        if (follows(new Recovery.Failure(End.UPSTREAM_FAILED, failure.status(), retryAfterNanos))) {
            failure.release();
            return true;
        }
        race.noHedge();
        delivery.begin(failure.status(), failure.headers(), attempt());
        if (failure.body().isReadable()) {
            owner.body(race.call(), failure.body());
        } else {
            failure.release();
        }
        return false;
    }

    /** Whether another call makes good one that failed without an answer. */
    boolean followsUnanswered(End end) {
        if (recovery == null || attempt().firstByteNanos() != 0) {
            return false;
        }
        taps.unanswered(attempt());
        return follows(new Recovery.Failure(end, 0, -1));
    }

    private boolean follows(Recovery.Failure failure) {
        Recovery decides = Objects.requireNonNull(recovery);
        if (delivery.isCallerGone()) {
            abandoned(); // what was to be sent has left with the caller
            return false;
        }
        Recovery.Next next = decides.after(exchange, attempt(), failure);
        if (next == null) {
            return false;
        }
        attempt().ended(failure.end(), relay.ticker().nanos());
        race.call().cancel();
        if (next.waitNanos() == 0) {
            again(next);
        } else {
            waitingFor = next;
            loop.deadlines().set(wait, next.waitNanos());
        }
        return true;
    }

    /** Whether the whole answer is set aside and a better one asked for. */
    boolean betters() {
        if (recovery == null || !delivery.canSetAside() || !recovery.looksAtAnswers(exchange)) {
            return false;
        }
        taps.whole(attempt());
        Recovery.Next next = recovery.afterAnswer(exchange, attempt());
        if (next == null) {
            return false;
        }
        attempt().ended(End.COMPLETE, relay.ticker().nanos());
        delivery.setAside(attempt());
        again(next);
        return true;
    }

    private void waited() {
        if (waitingFor != null) {
            again(waitingFor);
        }
    }

    private void again(Recovery.Next next) {
        waitingFor = null;
        race.next(next);
    }

    /** Whether it is waited for the time to make it. */
    boolean isWaiting() {
        return waitingFor != null;
    }

    /** The call under way was given up before its provider had answered or failed. */
    void abandoned() {
        if (recovery != null) {
            recovery.abandoned(race.call().target());
        }
    }

    /** The answer that was set aside is not needed: the one in its place is whole. */
    void superseded(Attempt aside) {
        if (recovery != null) {
            recovery.superseded(aside);
        }
    }

    /** All is over: no other call is made. */
    void stop() {
        if (open != null) {
            open.release();
            open = null;
            abandoned();
        }
        waitingFor = null;
        loop.deadlines().clear(wait);
        loop.deadlines().clear(patience);
    }
}
