package io.tollgate.server.relay;

import io.tollgate.core.exchange.Audience;
import io.tollgate.core.exchange.Exchange;
import io.tollgate.server.front.ResponseChannel;
import io.tollgate.server.loop.Deadlines.Deadline;
import io.tollgate.server.loop.LoopState;

/**
 * Keeps the provider to the pace at which the caller reads. A caller that is slow is waited for, unless that would hold
 * others up: then it may fall behind so far. On the exchange's loop.
 */
final class CallerPace {
    private final Exchange exchange;
    private final ResponseChannel response;
    private final LoopState loop;
    private final long patienceNanos;
    private final Deadline stalled;
    private boolean paused;
    private long behind;

    /** {@code stalled} is run when the caller has taken nothing for {@code patienceNanos}. */
    CallerPace(Exchange exchange, ResponseChannel response, LoopState loop, long patienceNanos, Runnable stalled) {
        this.exchange = exchange;
        this.response = response;
        this.loop = loop;
        this.patienceNanos = patienceNanos;
        this.stalled = new Deadline(stalled);
    }

    /** So many bytes more were passed on; whether the caller has not fallen too far behind. */
    boolean holds(UpstreamCall call, int length) {
        if (paused || response.isWritable()) {
            return true;
        }
        response.flush();
        if (response.isWritable()) {
            return true;
        }
        Audience others = exchange.audience();
        if (others == null || !others.isPresent()) {
            paused = true;
            call.pause();
            loop.deadlines().set(stalled, patienceNanos);
            return true;
        }
        behind += length;
        return behind <= others.mostBehind();
    }

    /** The caller has taken everything. */
    void caughtUp(UpstreamCall call) {
        behind = 0;
        resume(call);
    }

    /** The caller is waited for no more. */
    void resume(UpstreamCall call) {
        if (paused) {
            stop();
            call.resume();
        }
    }

    void stop() {
        paused = false;
        loop.deadlines().clear(stalled);
    }
}
