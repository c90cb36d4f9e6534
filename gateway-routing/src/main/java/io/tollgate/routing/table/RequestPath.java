package io.tollgate.routing.table;

import io.tollgate.core.exchange.Caller;
import io.tollgate.core.exchange.Exchange;
import io.tollgate.core.provider.Provider;
import org.jspecify.annotations.Nullable;

/** The path and query a provider is asked for: without a credential that is not for it. */
final class RequestPath {
    private RequestPath() {}

    static String of(String path, Exchange exchange, Provider provider) {
        String query = exchange.head().query();
        if (query != null
                && (provider.apiKey() != null
                        || exchange.caller().get().withheld().contains(Caller.QUERY_KEY))) {
            query = withoutKey(query);
        }
        return query == null || query.isEmpty() ? path : path + "?" + query;
    }

    /** Google takes a credential as {@code ?key=}; where the provider has one of its own, the caller's stays here. */
    private static @Nullable String withoutKey(String query) {
        if (!query.contains("key=")) {
            return query;
        }
        StringBuilder kept = new StringBuilder();
        for (String part : query.split("&")) {
            if (!part.startsWith("key=")) {
                kept.append(kept.isEmpty() ? "" : "&").append(part);
            }
        }
        return kept.toString();
    }
}
