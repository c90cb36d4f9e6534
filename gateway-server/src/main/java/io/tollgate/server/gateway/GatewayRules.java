package io.tollgate.server.gateway;

import io.tollgate.budget.identity.Keyring;
import io.tollgate.core.price.PriceCatalogue;
import io.tollgate.routing.cap.OutputPolicy;
import io.tollgate.routing.table.ComplexityJudge;
import io.tollgate.routing.table.Providers;
import io.tollgate.routing.table.RouteRule;
import java.util.List;

/** What one version of the configuration lets the steps decide by. Immutable. */
public record GatewayRules(
        Keyring keys,
        Providers providers,
        List<RouteRule> routing,
        ComplexityJudge judge,
        OutputPolicy output,
        PriceCatalogue prices) {}
