package io.tollgate.server.loop;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import io.tollgate.core.time.Ticker;
import java.util.IdentityHashMap;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** The event loops of the gateway, each with its {@link LoopState}. Built once; read from any thread. */
public final class Loops {
    private static final long QUIET_MILLIS = 20;

    private final Transport transport;
    private final EventLoopGroup group;
    private final IdentityHashMap<EventExecutor, LoopState> states = new IdentityHashMap<>();

    /** Starts {@code threads} loops. */
    public Loops(Transport transport, int threads, Ticker ticker) {
        this.transport = transport;
        this.group = transport.group("tollgate-loop", threads);
        for (EventExecutor executor : group) {
            states.put(executor, new LoopState((EventLoop) executor, ticker));
        }
    }

    /** How sockets are waited for. */
    public Transport transport() {
        return transport;
    }

    /** The loops. */
    public EventLoopGroup group() {
        return group;
    }

    /** What {@code loop} owns. */
    public LoopState state(EventExecutor loop) {
        return Objects.requireNonNull(states.get(loop), "not a loop of the gateway");
    }

    /**
     * Closes all connections and stops the loops; returns when they have stopped. Without a quiet period a loop that is
     * just running tasks stops at once and leaves its connections open, and what they carried unaccounted for.
     */
    public void close() {
        group.shutdownGracefully(QUIET_MILLIS, 2000, TimeUnit.MILLISECONDS).syncUninterruptibly();
    }
}
