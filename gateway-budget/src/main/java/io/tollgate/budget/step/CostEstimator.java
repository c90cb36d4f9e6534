package io.tollgate.budget.step;

import io.tollgate.core.exchange.Exchange;
import org.jspecify.annotations.Nullable;

/** Guesses what calls use before they are sent. Called on event loops: must not block. */
public interface CostEstimator {
    /** What this call will probably use if it goes to this model; its facts, caller and tags are decided. */
    CallEstimate estimate(Exchange exchange, @Nullable String model);

    /** The same for the model it asks for. */
    default CallEstimate estimate(Exchange exchange) {
        return estimate(exchange, exchange.facts().get().model());
    }

    /** Tokens of this much generated text, as UTF-8 bytes, rather too many than too few. */
    long outputTokens(Exchange exchange, long textBytes);
}
