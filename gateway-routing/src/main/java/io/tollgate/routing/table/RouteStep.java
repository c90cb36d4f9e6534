package io.tollgate.routing.table;

import io.tollgate.core.dialect.Endpoint;
import io.tollgate.core.error.ErrorKind;
import io.tollgate.core.error.Refusal;
import io.tollgate.core.exchange.Exchange;
import io.tollgate.core.pipeline.Outcome;
import io.tollgate.core.pipeline.Reply;
import io.tollgate.core.pipeline.Step;
import io.tollgate.core.provider.Provider;
import io.tollgate.core.provider.Route;
import io.tollgate.core.provider.Target;
import java.util.List;

/** Decides where the call goes: what was asked for, at the provider that serves it, unless a rule knows better. */
public final class RouteStep implements Step {
    private final Providers providers;
    private final Router router;

    /** To one of these, by these rules. */
    public RouteStep(Providers providers, Router router) {
        this.providers = providers;
        this.router = router;
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
        exchange.route().decide(router.route(exchange, direct));
        return Outcome.NEXT;
    }
}
