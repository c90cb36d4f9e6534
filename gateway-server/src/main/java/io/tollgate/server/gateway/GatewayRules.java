package io.tollgate.server.gateway;

import io.tollgate.budget.identity.Keyring;
import io.tollgate.core.price.PriceCatalogue;
import io.tollgate.routing.table.Providers;

/** What one version of the configuration lets the steps decide by. Immutable. */
public record GatewayRules(Keyring keys, Providers providers, PriceCatalogue prices) {}
