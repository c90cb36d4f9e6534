package io.tollgate.server.gateway;

import io.tollgate.core.exchange.Exchange;
import io.tollgate.server.front.InboundRequest;

/** Sees exchanges begin, and registers a finisher to see them end: the access log, the metrics. */
@FunctionalInterface
public interface ExchangeObserver {
    /** Called on the exchange's loop before any step. */
    void begun(Exchange exchange, InboundRequest request);
}
