package io.tollgate.server.gateway;

import io.tollgate.budget.step.ModelAt;
import io.tollgate.budget.step.ModelsInReach;
import io.tollgate.core.exchange.Exchange;
import io.tollgate.core.provider.Provider;
import io.tollgate.routing.table.Providers;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a call goes as long as no rule sends it elsewhere: exactly what was asked for. */
final class DirectReach implements ModelsInReach {
    private final Providers providers;

    DirectReach(Providers providers) {
        this.providers = providers;
    }

    @Override
    public List<ModelAt> of(Exchange exchange) {
        @Nullable String model = exchange.facts().get().model();
        Provider provider = providers.choose(exchange.endpoint(), model, exchange.receivedAt());
        return provider == null ? List.of() : List.of(new ModelAt(provider.name(), model));
    }
}
