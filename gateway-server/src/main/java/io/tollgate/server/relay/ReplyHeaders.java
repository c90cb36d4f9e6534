package io.tollgate.server.relay;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import io.tollgate.core.exchange.Attempt;
import io.tollgate.core.exchange.Exchange;
import io.tollgate.core.provider.Route;
import io.tollgate.core.provider.Target;
import io.tollgate.core.usage.Cost;
import io.tollgate.core.usage.Dollars;
import io.tollgate.core.usage.Metered;

/** What Tollgate adds to an answer's head: where it went, why, what it cost and what the gateway took. */
final class ReplyHeaders {
    private static final AsciiString REQUEST_ID = AsciiString.cached("x-tollgate-request-id");
    private static final AsciiString PROVIDER = AsciiString.cached("x-tollgate-provider");
    private static final AsciiString MODEL = AsciiString.cached("x-tollgate-model");
    private static final AsciiString ROUTE = AsciiString.cached("x-tollgate-route");
    private static final AsciiString OVERHEAD = AsciiString.cached("x-tollgate-overhead-ms");
    private static final AsciiString COST = AsciiString.cached("x-tollgate-cost-usd");
    private static final AsciiString ACCEL_BUFFERING = AsciiString.cached("x-accel-buffering");
    private static final AsciiString NO = AsciiString.cached("no");
    private static final AsciiString NO_CACHE = AsciiString.cached("no-cache");

    private ReplyHeaders() {}

    static void add(HttpHeaders headers, Exchange exchange, Attempt attempt, Target target) {
        headers.set(REQUEST_ID, exchange.id());
        addWhere(headers, exchange, target);
        headers.set(OVERHEAD, millis(attempt.sentNanos() - exchange.startedNanos()));
        headers.setAll(exchange.replyHeaders());
    }

    /** The same for an answer that is not bought for this exchange; {@code nanos} is the time it begins. */
    static void addToHeld(HttpHeaders headers, Exchange exchange, long nanos) {
        headers.set(REQUEST_ID, exchange.id());
        Route route = exchange.route().orNull();
        if (route != null) {
            addWhere(headers, exchange, route.first());
        }
        headers.set(OVERHEAD, millis(nanos - exchange.startedNanos()));
        headers.setAll(exchange.replyHeaders());
    }

    /** Where it goes and why. */
    static void addWhere(HttpHeaders headers, Exchange exchange, Target target) {
        headers.set(PROVIDER, target.provider().name());
        String model = target.model();
        if (model != null) {
            headers.set(MODEL, HeaderText.of(model));
        }
        Route route = exchange.route().orNull();
        if (route != null) {
            headers.set(ROUTE, HeaderText.of(route.rule() + "; reason=" + reason(exchange, route)));
        }
    }

    private static String reason(Exchange exchange, Route route) {
        Attempt last = exchange.lastAttempt();
        String reason = last == null ? null : last.reason();
        return reason == null ? route.reason() : reason;
    }

    /** What no proxy on the way may buffer. The provider's own words win. */
    static void forEvents(HttpHeaders headers) {
        if (!headers.contains(ACCEL_BUFFERING)) {
            headers.set(ACCEL_BUFFERING, NO);
        }
        if (!headers.contains(HttpHeaderNames.CACHE_CONTROL)) {
            headers.set(HttpHeaderNames.CACHE_CONTROL, NO_CACHE);
        }
    }

    /** What a plain answer cost, once it is known. */
    static void addCost(HttpHeaders headers, Exchange exchange) {
        Metered metered = exchange.attempts().size() < 2 ? exchange.metered().orNull() : exchange.bought();
        Cost cost = metered == null ? null : metered.cost();
        if (cost != null && cost.isPriced()) {
            headers.set(COST, Dollars.format(cost.nanos()));
        }
    }

    /** Milliseconds with three digits, without a formatter's garbage. */
    private static String millis(long nanos) {
        long micros = Math.max(0, nanos) / 1000;
        long fraction = micros % 1000;
        return micros / 1000 + (fraction < 10 ? ".00" : fraction < 100 ? ".0" : ".") + fraction;
    }
}
