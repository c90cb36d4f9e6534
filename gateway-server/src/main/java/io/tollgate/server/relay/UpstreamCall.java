package io.tollgate.server.relay;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.tollgate.core.error.ErrorKind;
import io.tollgate.core.error.Refusal;
import io.tollgate.core.exchange.Attempt;
import io.tollgate.core.exchange.End;
import io.tollgate.core.exchange.Exchange;
import io.tollgate.core.provider.Provider;
import io.tollgate.core.provider.Target;
import io.tollgate.server.loop.Deadlines.Deadline;
import io.tollgate.server.loop.LoopState;
import io.tollgate.server.upstream.ConnectionPool;
import io.tollgate.server.upstream.Origin;
import io.tollgate.server.upstream.UpstreamConnection;
import io.tollgate.server.upstream.UpstreamListener;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One attempt under way: connects, sends, keeps the phases' time-outs and tells its owner what comes. After its end, its
 * failure or {@link #cancel} nothing more is told. On the exchange's loop.
 */
final class UpstreamCall implements UpstreamListener, ConnectionPool.Acquired {
    private static final Logger log = LoggerFactory.getLogger(UpstreamCall.class);

    /** Hears of calls. */
    interface Owner {
        /** Whether the request is still there to be sent a second time. */
        boolean canSendAgain();

        void sent(UpstreamCall call);

        void head(UpstreamCall call, int status, HttpHeaders headers);

        /** Takes the buffer over. */
        void body(UpstreamCall call, ByteBuf bytes);

        void readComplete();

        void end(UpstreamCall call);

        void failed(UpstreamCall call, End end, Refusal refusal);
    }

    private final Exchange exchange;
    private final Attempt attempt;
    private final Origin origin;
    private final Relay relay;
    private final LoopState loop;
    private final Owner owner;
    private final Deadline deadline = new Deadline(this::silent);
    private @Nullable UpstreamConnection connection;
    private boolean retriedStale;
    private boolean paused;
    private boolean done;

    UpstreamCall(Exchange exchange, Attempt attempt, Relay relay, LoopState loop, Owner owner) {
        this.exchange = exchange;
        this.attempt = attempt;
        this.origin = Origin.of(attempt.target().provider());
        this.relay = relay;
        this.loop = loop;
        this.owner = owner;
    }

    Attempt attempt() {
        return attempt;
    }

    Target target() {
        return attempt.target();
    }

    private Provider provider() {
        return attempt.target().provider();
    }

    void start() {
        connect(false);
    }

    private void connect(boolean fresh) {
        relay.pool(loop).acquire(origin, provider().timeouts().connect().toMillis(), fresh, this);
    }

    @Override
    public void connection(UpstreamConnection acquired) {
        if (done) {
            relay.pool(loop).release(acquired);
            return;
        }
        ByteBuf request;
        try {
            request = UpstreamRequest.encode(exchange, target(), origin, relay.allocator());
        } catch (RuntimeException e) {
            log.error("request {} cannot be written as it was decided", exchange.id(), e);
            relay.pool(loop).release(acquired);
            fail(End.UPSTREAM_FAILED, new Refusal(ErrorKind.INTERNAL, "Tollgate failed on request " + exchange.id()));
            return;
        }
        connection = acquired;
        loop.deadlines().set(deadline, provider().timeouts().firstByte().toNanos());
        attempt.sent(relay.ticker().nanos());
        owner.sent(this);
        acquired.call(request, exchange.head().method().equals(HttpMethod.HEAD), this);
    }

    @Override
    public void failed(Throwable cause) {
        boolean tookTooLong = cause instanceof ConnectTimeoutException;
        fail(
                tookTooLong ? End.TIMED_OUT : End.UPSTREAM_FAILED,
                new Refusal(
                        tookTooLong ? ErrorKind.UPSTREAM_TIMEOUT : ErrorKind.UPSTREAM_FAILED,
                        "provider " + provider().name() + " cannot be reached: " + cause.getMessage()));
    }

    @Override
    public void head(int status, HttpHeaders headers) {
        if (done) {
            return;
        }
        attempt.answered(status, relay.ticker().nanos());
        awaitNextBytes();
        owner.head(this, status, headers);
    }

    private void awaitNextBytes() {
        loop.deadlines().set(deadline, provider().timeouts().betweenBytes().toNanos());
    }

    @Override
    public void body(ByteBuf bytes) {
        if (done) {
            bytes.release();
            return;
        }
        if (!paused) {
            awaitNextBytes();
        }
        owner.body(this, bytes);
    }

    @Override
    public void readComplete() {
        if (!done) {
            owner.readComplete();
        }
    }

    @Override
    public void end() {
        connection = null; // it is the pool's again
        if (!done) {
            finish();
            owner.end(this);
        }
    }

    @Override
    public void failed(Throwable cause, boolean stale) {
        connection = null;
        if (done) {
            return;
        }
        if (stale && !retriedStale && owner.canSendAgain()) {
            // the provider closed a kept connection just as it was used again: it has not seen the request
            retriedStale = true;
            connect(true);
            return;
        }
        fail(
                End.UPSTREAM_FAILED,
                new Refusal(
                        ErrorKind.UPSTREAM_FAILED, "provider " + provider().name() + " failed: " + cause.getMessage()));
    }

    private void silent() {
        boolean answering = attempt.firstByteNanos() != 0;
        var timeouts = provider().timeouts();
        fail(
                End.TIMED_OUT,
                new Refusal(
                        ErrorKind.UPSTREAM_TIMEOUT,
                        "provider " + provider().name() + " sent nothing for "
                                + (answering ? timeouts.betweenBytes() : timeouts.firstByte()).toMillis()
                                + " ms (timeouts." + (answering ? "between_bytes" : "first_byte") + ")"));
    }

    private void fail(End end, Refusal refusal) {
        if (!done) {
            cancel();
            owner.failed(this, end, refusal);
        }
    }

    /** Reads no more for the time being, and waits for nothing. */
    void pause() {
        paused = true;
        loop.deadlines().clear(deadline);
        reading(false);
    }

    /** Reads on. */
    void resume() {
        paused = false;
        if (!done && attempt.firstByteNanos() != 0) {
            awaitNextBytes();
        }
        reading(true);
    }

    private void reading(boolean wanted) {
        if (connection != null) {
            connection.read(wanted);
        }
    }

    /** Breaks it off where it is not over. */
    void cancel() {
        finish();
        if (connection != null) {
            connection.cancel();
            connection = null;
        }
    }

    private void finish() {
        done = true;
        loop.deadlines().clear(deadline);
    }
}
