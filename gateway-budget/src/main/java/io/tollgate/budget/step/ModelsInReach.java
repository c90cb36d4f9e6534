package io.tollgate.budget.step;

import io.tollgate.core.exchange.Exchange;
import java.util.List;

/** Where a call may go, known before the router decides: the hold is taken at the dearest. Called on event loops. */
@FunctionalInterface
public interface ModelsInReach {
    /** Every model the call may be sent to, the one it goes to without a routing rule first; empty when it goes nowhere. */
    List<ModelAt> of(Exchange exchange);
}
