package io.tollgate.routing.table;

import io.tollgate.core.dialect.Endpoint;
import io.tollgate.core.error.ErrorKind;
import io.tollgate.core.error.Refusal;
import io.tollgate.core.exchange.Caller;
import io.tollgate.core.exchange.Exchange;
import io.tollgate.core.http.KeyParameter;
import io.tollgate.core.pipeline.Outcome;
import io.tollgate.core.pipeline.Reply;
import io.tollgate.core.pipeline.Step;
import io.tollgate.core.provider.Provider;
import io.tollgate.core.provider.Route;
import io.tollgate.core.provider.Target;
import java.util.List;

/** Decides where the call goes: exactly what was asked for, at the provider that serves it. */
public final class RouteStep implements Step {
    private final Providers providers;

    /** To one of these. */
    public RouteStep(Providers providers) {
        this.providers = providers;
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
        exchange.route()
                .decide(Route.direct(
                        endpoint.provider() != null ? "asked for" : "serves the model",
                        new Target(provider, model, withQuery(exchange, provider), List.of())));
        return Outcome.NEXT;
    }

    /** A virtual key in the query stays here; so does the caller's credential where the provider has one of its own. */
    private static String withQuery(Exchange exchange, Provider provider) {
        String query = exchange.head().query();
        boolean withheld = exchange.caller().get().withheld().contains(Caller.QUERY_KEY);
        if (provider.apiKey() != null || withheld) {
            query = KeyParameter.without(query);
        }
        String path = exchange.endpoint().path();
        return query == null || query.isEmpty() ? path : path + "?" + query;
    }
}
