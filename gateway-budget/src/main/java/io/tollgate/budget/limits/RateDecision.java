package io.tollgate.budget.limits;

import org.jspecify.annotations.Nullable;

/** What the rate limits say to a call. */
public sealed interface RateDecision permits RatePermit, RateShortage {
    /** Calls that may still come, or null where no rule limits them. */
    @Nullable
    Quota requests();

    /** Tokens that may still be used, or null where no rule limits them. */
    @Nullable
    Quota tokens();
}
