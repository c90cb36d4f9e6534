package io.tollgate.routing.table;

import io.tollgate.core.exchange.Caller;
import io.tollgate.core.exchange.Exchange;
import io.tollgate.core.http.KeyParameter;
import io.tollgate.core.provider.Provider;

/** The path and query a provider is asked for: without a virtual key, and without the caller's credential where the provider has one of its own. */
final class RequestPath {
    private RequestPath() {}

    static String of(String path, Exchange exchange, Provider provider, boolean withoutCredential) {
        String query = exchange.head().query();
        boolean withheld = exchange.caller().get().withheld().contains(Caller.QUERY_KEY);
        if (provider.apiKey() != null || withoutCredential || withheld) {
            query = KeyParameter.without(query);
        }
        return query == null || query.isEmpty() ? path : path + "?" + query;
    }
}
