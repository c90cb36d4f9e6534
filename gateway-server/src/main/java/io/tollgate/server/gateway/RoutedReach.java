package io.tollgate.server.gateway;

import io.tollgate.budget.step.ModelAt;
import io.tollgate.budget.step.ModelsInReach;
import io.tollgate.core.exchange.Exchange;
import io.tollgate.core.provider.Provider;
import io.tollgate.core.provider.Target;
import io.tollgate.routing.table.Providers;
import io.tollgate.routing.table.Router;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a call may go: to what was asked for, or to what a rule puts in its place. */
final class RoutedReach implements ModelsInReach {
    private final Providers providers;
    private final Router router;

    RoutedReach(Providers providers, Router router) {
        this.providers = providers;
        this.router = router;
    }

    @Override
    public List<ModelAt> of(Exchange exchange) {
        @Nullable String model = exchange.facts().get().model();
        Provider provider = providers.choose(exchange.endpoint(), model, exchange.receivedAt());
        if (provider == null) {
            return List.of();
        }
        ModelAt asked = new ModelAt(provider.name(), model);
        List<Target> others = model == null ? List.of() : router.reach(exchange, model);
        if (others.isEmpty()) {
            return List.of(asked);
        }
        List<ModelAt> reach = new ArrayList<>(others.size() + 1);
        reach.add(asked);
        for (Target other : others) {
            reach.add(new ModelAt(other.provider().name(), other.model()));
        }
        return reach;
    }
}
