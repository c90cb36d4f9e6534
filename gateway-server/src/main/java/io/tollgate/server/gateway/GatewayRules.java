package io.tollgate.server.gateway;

import io.tollgate.budget.identity.Keyring;
import io.tollgate.cache.step.CacheTerms;
import io.tollgate.core.price.PriceCatalogue;
import io.tollgate.routing.RoutingTerms;
import io.tollgate.routing.shaping.ShapingTerms;
import io.tollgate.routing.table.Providers;
import org.jspecify.annotations.Nullable;

/**
 * What one version of the configuration lets the steps decide by. Immutable.
 *
 * @param cache null where nothing is cached
 */
public record GatewayRules(
        Keyring keys,
        Providers providers,
        PriceCatalogue prices,
        RoutingTerms routing,
        ShapingTerms shaping,
        @Nullable CacheTerms cache) {}
