package io.tollgate.routing.table;

import io.tollgate.core.dialect.Endpoint;
import io.tollgate.core.error.ErrorKind;
import io.tollgate.core.error.Refusal;
import io.tollgate.core.exchange.CacheUse;
import io.tollgate.core.exchange.Exchange;
import io.tollgate.core.pipeline.Outcome;
import io.tollgate.core.pipeline.Reply;
import io.tollgate.core.pipeline.Step;
import io.tollgate.core.price.Price;
import io.tollgate.core.price.PriceCatalogue;
import io.tollgate.core.provider.Provider;
import io.tollgate.core.provider.Route;
import io.tollgate.core.provider.Target;
import io.tollgate.core.usage.Metered;
import io.tollgate.core.usage.Usage;
import io.tollgate.core.usage.UsageReport;
import java.util.List;

/** Decides where the call goes: what was asked for, at the provider that serves it, unless a rule knows better. */
public final class RouteStep implements Step {
    private final Providers providers;
    private final Router router;
    private final PriceCatalogue prices;

    /** To one of these, by these rules. */
    public RouteStep(Providers providers, Router router, PriceCatalogue prices) {
        this.providers = providers;
        this.router = router;
        this.prices = prices;
    }

    @Override
    public Outcome apply(Exchange exchange) {
        Endpoint endpoint = exchange.endpoint();
        String model = exchange.facts().get().model();
        Provider provider = providers.choose(endpoint, model, exchange.receivedAt());
        if (provider == null) {
            return Outcome.reply(new Reply.Refused(new Refusal(
                    ErrorKind.NOT_FOUND,
                    endpoint.provider() != null
                            ? "no provider " + endpoint.provider() + " is configured"
                            : "no provider of the dialect "
                                    + endpoint.dialect().family().wireName()
                                    + " is configured; expected one of "
                                    + providers.byName().keySet())));
        }
        Route direct = Route.direct(
                endpoint.provider() != null ? "asked for" : "serves the model",
                new Target(provider, model, RequestPath.of(endpoint.path(), exchange, provider), List.of()));
        Route route = router.route(exchange, direct);
        exchange.route().decide(route);
        if (!route.rule().equals(direct.rule())) {
            exchange.onFinish((finished, completion) -> saved(finished, direct.first()));
        }
        return Outcome.NEXT;
    }

    /**
     * What the same answer would have cost where the caller wanted it from, either without the provider's cache, whose
     * part is counted apart. Signed; nothing where a price is unknown.
     */
    private void saved(Exchange exchange, Target asked) {
        Metered metered = exchange.metered().orNull();
        if (metered == null || !metered.cost().isPriced() || asked.model() == null) {
            return;
        }
        UsageReport report = metered.report();
        Price price = prices.price(asked.provider().name(), asked.model(), exchange.receivedAt());
        if (price != null) {
            boolean bought = !CacheUse.isFree(exchange.cache().orNull());
            Usage usage = bought ? report.usage().uncached() : report.usage();
            long instead = price.cost(usage, report.serviceTier(), exchange.receivedAt())
                    .nanos();
            exchange.saved("routing", instead - (bought ? uncached(exchange, metered) : kept(exchange)));
        }
    }

    private long uncached(Exchange exchange, Metered metered) {
        Target sent = exchange.attempts().isEmpty()
                ? exchange.route().get().first()
                : exchange.attempts().getLast().target();
        return prices.uncachedNanos(
                metered.cost(), sent.provider().name(), sent.model(), metered.report(), exchange.receivedAt());
    }

    /** What the answer that was not bought would have cost. */
    private static long kept(Exchange exchange) {
        return exchange.saved().values().stream().mapToLong(Long::longValue).sum();
    }
}
