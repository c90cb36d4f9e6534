package io.tollgate.server.upstream;

import io.netty.util.concurrent.EventExecutor;
import io.tollgate.core.time.Ticker;
import io.tollgate.server.loop.LoopState;
import io.tollgate.server.loop.Loops;
import java.util.IdentityHashMap;
import java.util.Objects;

/** The connection pools of all event loops. Built once; outlives reloads of the configuration. */
public final class Upstreams {
    private final IdentityHashMap<LoopState, ConnectionPool> pools = new IdentityHashMap<>();
    private final UpstreamLoad load = new UpstreamLoad();

    /** A pool for each loop. */
    public Upstreams(Loops loops, UpstreamTls tls, Ticker ticker) {
        Resolvers resolvers = new Resolvers();
        for (EventExecutor executor : loops.group()) {
            LoopState state = loops.state(executor);
            pools.put(state, new ConnectionPool(state.loop(), loops.transport(), tls, resolvers, load, ticker));
        }
    }

    /** The pool of this loop. */
    public ConnectionPool pool(LoopState loop) {
        return Objects.requireNonNull(pools.get(loop), "not a loop of the gateway");
    }

    /** How many connections there are. */
    public UpstreamLoad load() {
        return load;
    }
}
