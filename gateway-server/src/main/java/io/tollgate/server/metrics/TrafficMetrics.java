package io.tollgate.server.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.core.exchange.Completion;
import io.tollgate.core.exchange.Exchange;
import io.tollgate.core.provider.Target;
import io.tollgate.server.front.InboundRequest;
import io.tollgate.server.gateway.ExchangeObserver;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts every exchange: requests, tokens by kind, cost, and where the time went. A model's name comes from callers, so
 * only the first {@link #MAX_KINDS} kinds of call get series of their own; the rest share {@code other}.
 */
public final class TrafficMetrics implements ExchangeObserver {
    private static final int MAX_KINDS = 500;
    private static final String OTHER = "other";

    private final MeterRegistry registry;
    private final ConcurrentHashMap<CallLabels, CallMeters> meters = new ConcurrentHashMap<>();

    /** Into this registry. */
    public TrafficMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void begun(Exchange exchange, InboundRequest request) {
        exchange.onFinish(this::count);
    }

    private void count(Exchange exchange, Completion completion) {
        meters(labels(exchange)).count(exchange, completion);
    }

    private static CallLabels labels(Exchange exchange) {
        Target target = exchange.answering();
        return new CallLabels(
                target == null ? null : target.provider().name(),
                target == null ? null : target.model(),
                exchange.endpoint().dialect().name(),
                exchange.endpoint().operation().name().toLowerCase(Locale.ROOT));
    }

    private CallMeters meters(CallLabels labels) {
        CallMeters held = meters.get(labels);
        if (held != null) {
            return held;
        }
        CallLabels bounded = meters.size() < MAX_KINDS
                ? labels
                : new CallLabels(labels.provider(), OTHER, labels.dialect(), labels.operation());
        return meters.computeIfAbsent(bounded, kind -> new CallMeters(registry, kind));
    }
}
