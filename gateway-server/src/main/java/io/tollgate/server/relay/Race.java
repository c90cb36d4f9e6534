package io.tollgate.server.relay;

import io.tollgate.core.exchange.Attempt;
import io.tollgate.core.exchange.End;
import io.tollgate.core.exchange.Exchange;
import io.tollgate.core.pipeline.Recovery;
import io.tollgate.core.pipeline.Recovery.Failure;
import io.tollgate.core.pipeline.Recovery.Hedge;
import io.tollgate.core.provider.Target;
import io.tollgate.server.loop.Deadlines.Deadline;
import io.tollgate.server.loop.LoopState;
import org.jspecify.annotations.Nullable;

/**
 * The calls under way for one exchange: one, and for a while a second beside it where the head of the first is late. The
 * first good head decides for its call, and the other is given up; until then nobody has been shown a byte. A call that
 * fails leaves the other alone. An exchange is hedged once. On the exchange's loop.
 */
final class Race {
    private final Exchange exchange;
    private final @Nullable Recovery recovery;
    private final AnswerTaps taps;
    private final Relay relay;
    private final LoopState loop;
    private final UpstreamCall.Owner owner;
    private final Deadline late = new Deadline(this::hedge);
    private UpstreamCall call;
    private @Nullable UpstreamCall rival;
    private @Nullable Hedge hedge;
    private boolean decided;

    /** With its first call, which is not begun yet. */
    Race(
            Exchange exchange,
            @Nullable Recovery recovery,
            AnswerTaps taps,
            Relay relay,
            LoopState loop,
            UpstreamCall.Owner owner,
            Target first,
            @Nullable String reason) {
        this.exchange = exchange;
        this.recovery = recovery;
        this.taps = taps;
        this.relay = relay;
        this.loop = loop;
        this.owner = owner;
        this.call = begun(first, reason);
    }

    private UpstreamCall begun(Target target, @Nullable String reason) {
        Attempt attempt = exchange.attempt(target, relay.ticker().nanos());
        if (reason != null) {
            attempt.because(reason);
        }
        return new UpstreamCall(exchange, attempt, relay, loop, owner);
    }

    /** The call whose answer is the caller's, or will be if no other is faster. */
    UpstreamCall call() {
        return call;
    }

    /** Makes a call in place of one that is over. */
    void next(Recovery.Next next) {
        call = begun(next.target(), next.reason());
        if (next.uncapped()) {
            call.attempt().withoutCap();
        }
        call.start();
    }

    /** A call's request is on its way. */
    void sent(UpstreamCall of) {
        if (recovery == null || decided || of != call) {
            return;
        }
        long nanos = recovery.hedgeAfter(exchange, of.attempt());
        if (nanos >= 0) {
            loop.deadlines().set(late, nanos);
        }
    }

    private void hedge() {
        if (recovery == null || decided) {
            return;
        }
        Hedge offered = recovery.hedge(exchange, call.attempt());
        if (offered == null) {
            return;
        }
        decided = true;
        hedge = offered;
        UpstreamCall second = begun(offered.next().target(), offered.next().reason());
        rival = second;
        second.start();
    }

    /** No second call is to be made any more. */
    void noHedge() {
        decided = true;
        loop.deadlines().clear(late);
    }

    /** The call's attempt is over, but another may follow in its place and be hedged. */
    void notLate() {
        loop.deadlines().clear(late);
    }

    /** Whether two calls are under way. */
    boolean isOn() {
        return rival != null;
    }

    /** The caller has left. A second call is given up, or, where others listen, if it has not been sent. */
    void callerLeft(boolean others) {
        noHedge();
        UpstreamCall second = rival;
        if (second != null && (!others || second.attempt().sentNanos() == 0)) {
            giveUpAllBut(call);
        }
    }

    /** This call's answer is the caller's: the other is given up, if there is one. */
    void giveUpAllBut(UpstreamCall left) {
        UpstreamCall loser = other(left);
        if (loser != null) {
            loser.attempt().ended(End.CLIENT_GONE, relay.ticker().nanos());
            loser.cancel();
            taps.unanswered(loser.attempt()); // the provider may bill what it was sent
            left(left, loser, null);
        }
    }

    /** A call failed, or its head says so: whether the other is still out, and goes on alone. */
    boolean goesOnWithout(UpstreamCall failed, Failure failure) {
        UpstreamCall left = other(failed);
        if (left == null) {
            return false;
        }
        failed.attempt().ended(failure.end(), relay.ticker().nanos());
        failed.cancel();
        taps.unanswered(failed.attempt());
        left(left, failed, failure);
        return true;
    }

    private @Nullable UpstreamCall other(UpstreamCall one) {
        UpstreamCall second = rival;
        return second == null ? null : one == second ? call : second;
    }

    private void left(UpstreamCall left, UpstreamCall gone, @Nullable Failure failure) {
        call = left;
        rival = null;
        exchange.answeredBy(left.attempt());
        Hedge ours = hedge;
        if (ours != null) {
            hedge = null;
            ours.left(left.attempt(), gone.attempt(), failure);
        }
    }

    /** All is over. */
    void stop() {
        noHedge();
        call.cancel();
        if (rival != null) {
            rival.cancel();
        }
    }
}
