package io.tollgate.server.relay;

import io.netty.buffer.ByteBufAllocator;
import io.tollgate.core.exchange.Exchange;
import io.tollgate.core.provider.Provider;
import io.tollgate.core.provider.Route;
import io.tollgate.core.time.Ticker;
import io.tollgate.server.front.InboundRequest;
import io.tollgate.server.front.ResponseChannel;
import io.tollgate.server.loop.LoopState;
import io.tollgate.server.upstream.ConnectionPool;
import io.tollgate.server.upstream.Upstreams;
import java.util.concurrent.atomic.AtomicInteger;

/** Forwards exchanges. Shared by all loops; outlives reloads of the configuration. */
public final class Relay {
    private final Upstreams upstreams;
    private final Ticker ticker;
    private final AtomicInteger drains = new AtomicInteger();
    private final RelaySettings settings;

    /** Over these connections. */
    public Relay(Upstreams upstreams, RelaySettings settings, Ticker ticker) {
        this.upstreams = upstreams;
        this.settings = settings;
        this.ticker = ticker;
    }

    /** Sends the exchange along the route and its answer back; the exchange is finished when that is over. */
    public void forward(Exchange exchange, Route route, InboundRequest request, ResponseChannel response) {
        new Forward(exchange, route, request, response, this).start();
    }

    RelaySettings settings() {
        return settings;
    }

    Ticker ticker() {
        return ticker;
    }

    ByteBufAllocator allocator() {
        return ByteBufAllocator.DEFAULT;
    }

    ConnectionPool pool(LoopState loop) {
        return upstreams.pool(loop);
    }

    /** Whether an answer may be read on for a caller that has left; {@link #endDrain()} gives the place back. */
    boolean startDrain(Provider provider) {
        if (!provider.drainWhenCallerGone()) {
            return false;
        }
        if (drains.incrementAndGet() > settings.maxDrains()) {
            drains.decrementAndGet();
            return false;
        }
        return true;
    }

    void endDrain() {
        drains.decrementAndGet();
    }

    /** Answers being read on for nobody. */
    public int drains() {
        return drains.get();
    }
}
