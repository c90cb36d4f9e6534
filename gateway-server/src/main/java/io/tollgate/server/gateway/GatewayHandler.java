package io.tollgate.server.gateway;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.tollgate.core.dialect.Endpoint;
import io.tollgate.core.error.Refusal;
import io.tollgate.core.error.RefusedException;
import io.tollgate.core.exchange.Completion;
import io.tollgate.core.exchange.End;
import io.tollgate.core.exchange.Exchange;
import io.tollgate.core.exchange.RequestIds;
import io.tollgate.core.http.HopByHopHeaders;
import io.tollgate.core.http.RequestHead;
import io.tollgate.core.pipeline.Reply;
import io.tollgate.core.time.Ticker;
import io.tollgate.server.front.InboundRequest;
import io.tollgate.server.front.RequestHandler;
import io.tollgate.server.front.ResponseChannel;
import io.tollgate.server.relay.Refusals;
import io.tollgate.server.relay.Relay;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The traffic port: makes an exchange of each request, sends it through the pipeline and delivers the reply. */
public final class GatewayHandler implements RequestHandler {
    private final Relay relay;
    private final HealthPaths health;
    private final List<ExchangeObserver> observers;
    private final Clock clock;
    private final Ticker ticker;
    private volatile Ruleset rules;

    /** Observers see every exchange that got as far as the pipeline; their finishers run after all others'. */
    public GatewayHandler(
            Ruleset rules,
            Relay relay,
            HealthPaths health,
            List<ExchangeObserver> observers,
            Clock clock,
            Ticker ticker) {
        this.rules = rules;
        this.relay = relay;
        this.health = health;
        this.observers = List.copyOf(observers);
        this.clock = clock;
        this.ticker = ticker;
    }

    /** Decides by other rules from the next request on. */
    public void rules(Ruleset next) {
        rules = next;
    }

    @Override
    public void handle(InboundRequest request, ResponseChannel response) {
        if (!health.answer(request.head(), response)) {
            begin(request, response, null);
        }
    }

    /** A call the gateway makes itself for one of its levers. */
    void own(InboundRequest request, ResponseChannel response, String lever) {
        begin(request, response, lever);
    }

    private void begin(InboundRequest request, ResponseChannel response, @Nullable String lever) {
        RequestHead head = request.head();
        Instant now = clock.instant();
        String id = RequestIds.next(now.toEpochMilli());
        Ruleset current = rules;
        Endpoint endpoint;
        try {
            endpoint = current.endpoints().resolve(head);
        } catch (RefusedException e) {
            Refusals.send(response, current.endpoints().errorsFor(head), e.refusal(), userAgent(head), id, null);
            return;
        }
        HopByHopHeaders.strip(head.headers());
        Exchange exchange = new Exchange(
                id,
                now,
                request.receivedNanos(),
                endpoint,
                head,
                request.body(),
                request.loop().loop());
        if (lever != null) {
            exchange.madeFor(lever);
        }
        for (ExchangeObserver observer : observers) {
            observer.begun(exchange, request);
        }
        response.listen(new GoneEarly(exchange));
        current.pipeline().run(exchange, reply -> deliver(reply, exchange, request, response));
    }

    private void deliver(Reply reply, Exchange exchange, InboundRequest request, ResponseChannel response) {
        switch (reply) {
            case Reply.FromUpstream upstream -> relay.forward(exchange, upstream, request, response);
            case Reply.Stored stored -> relay.give(exchange, stored, request, response);
            case Reply.Shared shared -> relay.give(exchange, shared, request, response);
            case Reply.Refused refused -> {
                int status = Refusals.send(
                        response,
                        exchange.endpoint().dialect(),
                        refused.refusal(),
                        userAgent(exchange.head()),
                        exchange.id(),
                        exchange.replyHeaders());
                exchange.finish(new Completion(End.REFUSED, status, ticker.nanos()));
            }
        }
    }

    @Override
    public void reject(@Nullable RequestHead head, Refusal refusal, ResponseChannel response) {
        Refusals.send(
                response,
                rules.endpoints().errorsFor(head),
                refusal,
                head == null ? null : userAgent(head),
                RequestIds.next(clock.millis()),
                null);
    }

    private static @Nullable String userAgent(RequestHead head) {
        return head.header(HttpHeaderNames.USER_AGENT);
    }

    /** Until the relay takes over, a caller that leaves just ends its exchange. */
    private final class GoneEarly implements ResponseChannel.Listener {
        private final Exchange exchange;

        GoneEarly(Exchange exchange) {
            this.exchange = exchange;
        }

        @Override
        public void writable() {}

        @Override
        public void gone() {
            exchange.finish(new Completion(End.CLIENT_GONE, 0, ticker.nanos()));
        }
    }
}
