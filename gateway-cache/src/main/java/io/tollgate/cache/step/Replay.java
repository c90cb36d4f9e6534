package io.tollgate.cache.step;

import io.netty.handler.codec.http.HttpHeaders;
import io.tollgate.cache.flight.Flight;
import io.tollgate.cache.flight.Landing;
import io.tollgate.cache.replay.Form;
import io.tollgate.cache.replay.KeptHeaders;
import io.tollgate.cache.store.StoredReply;
import io.tollgate.cache.store.StoredReply.Header;
import io.tollgate.core.dialect.Family;
import io.tollgate.core.dialect.RequestFacts.UsageOption;
import io.tollgate.core.exchange.CacheUse;
import io.tollgate.core.exchange.End;
import io.tollgate.core.exchange.Exchange;
import io.tollgate.core.pipeline.Outcome;
import io.tollgate.core.pipeline.Reply;
import io.tollgate.core.sse.EventGate;
import io.tollgate.core.usage.Cost;
import io.tollgate.core.usage.Dollars;
import io.tollgate.core.usage.Metered;
import io.tollgate.core.usage.Usage;
import io.tollgate.core.usage.UsageReport;
import io.tollgate.core.usage.UsageSource;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gives a call an answer that it does not pay for, and accounts for what that saved. Confined to the exchange's loop. */
final class Replay {
    private static final String LEVER = "exact_cache";
    private static final String COST = "x-tollgate-cost-usd";
    private static final String SAVED = "x-tollgate-saved-usd";

    private final Exchange exchange;
    private final Form form;
    private final long paceNanos;
    private final Caching caching;

    Replay(Exchange exchange, Form form, long paceNanos, Caching caching) {
        this.exchange = exchange;
        this.form = form;
        this.paceNanos = paceNanos;
        this.caching = caching;
    }

    /** Whether a kept answer has the form asked for. */
    boolean fits(StoredReply reply) {
        return fits(reply.stream(), reply.headers());
    }

    /** Whether a call's answer has the form asked for. */
    boolean fits(Landing landing) {
        return landing.body() != null && fits(form != Form.PLAIN, landing.headers());
    }

    private boolean fits(boolean stream, List<Header> headers) {
        return form == Form.of(stream, family(), contentType(headers));
    }

    private Family family() {
        return exchange.endpoint().dialect().family();
    }

    static @Nullable String contentType(List<Header> headers) {
        for (Header header : headers) {
            if (header.name().equals("content-type")) {
                return header.value();
            }
        }
        return null;
    }

    /** A kept answer. */
    Outcome hit(StoredReply reply) {
        caching.counters().hit();
        decide(CacheUse.HIT);
        account(reply.usage(), reply.cost(), reply.answeredBy(), null);
        HttpHeaders headers = KeptHeaders.asHeaders(reply.headers());
        long age = Duration.between(reply.storedAt(), caching.clock().instant()).toSeconds();
        headers.set("age", Long.toString(Math.max(0, age)));
        return answer(reply.status(), headers, reply.body(), reply.cost(), paceNanos);
    }

    /** Another call's answer, whole; an error too. */
    Outcome share(Landing landing) {
        byte[] body = landing.body();
        if (body == null) {
            throw new IllegalStateException("an answer that was not recorded cannot be shared");
        }
        coalesced();
        Cost cost = account(landing.metered());
        return answer(landing.status(), KeptHeaders.asHeaders(landing.headers()), body, cost, 0);
    }

    private Outcome answer(int status, HttpHeaders headers, byte[] body, Cost cost, long pace) {
        headers.set(COST, "0");
        if (cost.isPriced()) {
            headers.set(SAVED, Dollars.format(cost.nanos()));
        }
        boolean stream = form != Form.PLAIN && status / 100 == 2;
        if (stream) {
            passGate();
        }
        return Outcome.reply(new Reply.Stored(status, headers, body, stream, pace));
    }

    /** Another call's answer, while it arrives. */
    Outcome follow(Flight flight) {
        coalesced();
        passGate();
        exchange.onFinish((finished, completion) -> {
            Landing landing = flight.landing();
            if (completion.end() == End.CACHED && landing != null) {
                account(landing.metered());
            }
        });
        return Outcome.reply(new Reply.Shared(flight.status(), KeptHeaders.asHeaders(flight.headers()), flight.feed()));
    }

    private void coalesced() {
        caching.counters().coalesced();
        decide(CacheUse.COALESCED);
    }

    private void decide(CacheUse use) {
        exchange.cache().decide(use);
        exchange.replyHeaders().set(CacheUse.HEADER, use.text());
    }

    /** Whoever did not ask for the usage in the stream is not given the event with it, as if the call were its own. */
    private void passGate() {
        UsageOption option = exchange.facts().get().usageOption();
        if (form == Form.EVENTS && (option == UsageOption.ABSENT || option == UsageOption.DECLINED)) {
            EventGate unasked = exchange.endpoint().dialect().dropUnaskedUsage();
            if (unasked != null) {
                exchange.gate(unasked);
            }
        }
    }

    private Cost account(@Nullable Metered metered) {
        if (metered == null) {
            return Cost.UNPRICED;
        }
        UsageReport report = metered.report();
        account(report.usage(), metered.cost(), report.model(), report.finish());
        return metered.cost();
    }

    private void account(Usage usage, Cost cost, @Nullable String model, @Nullable String finish) {
        UsageReport report = new UsageReport(usage, UsageSource.PROVIDER, model, finish, null, -1, List.of());
        Cost nothing = cost.isPriced() ? new Cost(0, cost.priceVersion()) : Cost.NOTHING;
        exchange.metered().decide(new Metered(report, nothing));
        if (cost.isPriced() && cost.nanos() != 0) {
            exchange.saved(LEVER, cost.nanos());
            caching.counters().saved(cost.nanos());
        }
    }
}
