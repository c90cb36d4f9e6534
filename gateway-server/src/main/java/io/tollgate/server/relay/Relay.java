package io.tollgate.server.relay;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.tollgate.core.exchange.Completion;
import io.tollgate.core.exchange.End;
import io.tollgate.core.exchange.Exchange;
import io.tollgate.core.pipeline.AnswerFeed;
import io.tollgate.core.pipeline.Reply;
import io.tollgate.core.provider.Provider;
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
    public void forward(
            Exchange exchange, Reply.FromUpstream upstream, InboundRequest request, ResponseChannel response) {
        new Forward(exchange, upstream, request, response, this).start();
    }

    /** Gives an answer that is held; the exchange is finished when that is over. */
    public void give(Exchange exchange, Reply.Stored stored, InboundRequest request, ResponseChannel response) {
        HttpHeaders headers = stored.headers();
        ReplyHeaders.addToHeld(headers, exchange, ticker.nanos());
        byte[] body = stored.body();
        if (!stored.stream() && body.length <= AnswerBody.MAX_HELD) {
            response.respond(stored.status(), headers, body);
            exchange.finish(new Completion(End.CACHED, stored.status(), ticker.nanos()));
            return;
        }
        LoopState loop = request.loop();
        boolean paced = stored.stream() && stored.paceNanos() > 0;
        AnswerFeed feed = paced
                ? StoredFeed.paced(body, AnswerBody.isEventStream(headers), stored.paceNanos(), loop)
                : StoredFeed.atOnce(body, loop);
        if (!stored.stream()) {
            headers.set(HttpHeaderNames.CONTENT_LENGTH, body.length);
        }
        give(exchange, stored.status(), headers, feed, loop, response);
    }

    /** Gives an answer that is just arriving for another call; the exchange is finished when that is over. */
    public void give(Exchange exchange, Reply.Shared shared, InboundRequest request, ResponseChannel response) {
        ReplyHeaders.addToHeld(shared.headers(), exchange, ticker.nanos());
        give(exchange, shared.status(), shared.headers(), shared.feed(), request.loop(), response);
    }

    private void give(
            Exchange exchange,
            int status,
            HttpHeaders headers,
            AnswerFeed feed,
            LoopState loop,
            ResponseChannel response) {
        AnswerBody body = AnswerBody.of(exchange, status, headers, response, allocator());
        new FedAnswer(exchange, feed, status, body, response, loop, this).start();
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
