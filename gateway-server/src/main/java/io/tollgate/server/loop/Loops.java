package io.tollgate.server.loop;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import io.tollgate.core.time.Ticker;
import java.util.IdentityHashMap;
import java.util.Objects;

/** The event loops of the gateway, each with its {@link LoopState}. Built once; read from any thread. */
public final class Loops {
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

    /** Stops the loops; returns when they have stopped. */
    public void close() {
        group.shutdownGracefully(0, 2, java.util.concurrent.TimeUnit.SECONDS).syncUninterruptibly();
    }
}
