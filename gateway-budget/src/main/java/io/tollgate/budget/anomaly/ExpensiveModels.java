package io.tollgate.budget.anomaly;

import java.time.Instant;

/** Which models count as expensive. */
@FunctionalInterface
public interface ExpensiveModels {
    /** None. */
    ExpensiveModels NONE = (provider, model, at) -> false;

    /** Whether this one does, at the prices of this moment. */
    boolean contain(String provider, String model, Instant at);
}
