package io.tollgate.cache.step;

import io.netty.handler.codec.http.HttpHeaders;
import io.tollgate.cache.flight.Flight;
import io.tollgate.cache.flight.Landing;
import io.tollgate.cache.replay.Form;
import io.tollgate.cache.replay.FormChange;
import io.tollgate.cache.replay.KeptHeaders;
import io.tollgate.cache.store.StoredReply;
import io.tollgate.cache.store.StoredReply.Header;
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
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Gives a call an answer that it does not pay for, and accounts for what that saved. Confined to the exchange's loop. */
final class Replay {
    private static final String HIT = "cache";
    private static final String SHARED = "coalescing";
    private static final String COST = "x-tollgate-cost-usd";
    /** Bytes of an answer whose form is changed on the loop: some tens of microseconds. */
    private static final int QUICKLY_CHANGED = 16 * 1024;

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

    /** The form a kept answer has. */
    Form form(StoredReply reply) {
        return Form.of(reply.stream(), contentType(reply.headers()), reply.body());
    }

    /** The form the answer to a call has that asked for {@code asked}. */
    Form form(Landing landing, Form asked) {
        return Form.of(asked, exchange.endpoint().dialect().family(), contentType(landing.headers()));
    }

    /** Goes on with an answer in the form asked for, or with null where it cannot be told in it; long ones off the loop. */
    Outcome inForm(byte[] body, Form has, Function<byte @Nullable [], Outcome> then) {
        if (has == form) {
            return then.apply(body);
        }
        String dialect = exchange.endpoint().dialect().name();
        if (body.length <= QUICKLY_CHANGED) {
            return then.apply(FormChange.of(body, dialect, has, form));
        }
        return Outcome.await(
                CompletableFuture.supplyAsync(
                        () -> Optional.ofNullable(FormChange.of(body, dialect, has, form)), Thread::startVirtualThread),
                changed -> then.apply(changed.orElse(null)));
    }

    static @Nullable String contentType(List<Header> headers) {
        for (Header header : headers) {
            if (header.name().equals("content-type")) {
                return header.value();
            }
        }
        return null;
    }

    /** A kept answer, in the form asked for. */
    Outcome hit(StoredReply reply, byte[] body) {
        caching.counters().hit();
        decide(CacheUse.HIT);
        account(reply.usage(), reply.cost(), reply.answeredBy(), null);
        HttpHeaders headers = headers(reply.headers(), form(reply));
        long age = Duration.between(reply.storedAt(), caching.clock().instant()).toSeconds();
        headers.set("age", Long.toString(Math.max(0, age)));
        return answer(reply.status(), headers, body, reply.cost(), paceNanos);
    }

    /** Another call's answer, in the form asked for. */
    Outcome share(Landing landing, byte[] body, Form has) {
        return shared(landing, body, headers(landing.headers(), has));
    }

    /** The error another call got. */
    Outcome shareError(Landing landing, byte[] body) {
        return shared(landing, body, KeptHeaders.asHeaders(landing.headers()));
    }

    private Outcome shared(Landing landing, byte[] body, HttpHeaders headers) {
        coalesced();
        return answer(landing.status(), headers, body, account(landing.metered()), 0);
    }

    private HttpHeaders headers(List<Header> headers, Form has) {
        return KeptHeaders.asHeaders(has == form ? headers : FormChange.headers(headers, form));
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
            exchange.saved(CacheUse.COALESCED.equals(exchange.cache().orNull()) ? SHARED : HIT, cost.nanos());
            caching.counters().saved(cost.nanos());
        }
    }
}
