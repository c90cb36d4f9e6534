package io.tollgate.budget.step;

import io.tollgate.core.exchange.Exchange;

/** Guesses what calls use before they are sent. Called on event loops: must not block. */
public interface CostEstimator {
    /** What this call will probably use; its facts, caller and tags are decided. */
    CallEstimate estimate(Exchange exchange);

    /** Tokens of this much generated text, as UTF-8 bytes, rather too many than too few. */
    long outputTokens(Exchange exchange, long textBytes);
}
