package io.tollgate.core.pipeline;

import io.tollgate.core.exchange.Exchange;

/** One feature's decision on the way in; what it must do afterwards it registers as a finisher. */
@FunctionalInterface
public interface Step {
    /** Called on the exchange's loop; must not block. What is slow comes back as {@link Outcome#await}. */
    Outcome apply(Exchange exchange);
}
