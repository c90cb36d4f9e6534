package io.tollgate.budget.anomaly;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A rule's figure over the recent time.
 *
 * @param rule the rule's key in the configuration
 * @param what the figure is, to begin a sentence
 * @param limit what it must not pass
 * @param isFloor whether it must not fall below the limit, rather than not rise above it
 * @param seen the figure in words
 * @param limitText the limit in words
 * @param mostly where most of it comes from, or null
 */
record Finding(
        String rule,
        String what,
        BigDecimal value,
        BigDecimal limit,
        boolean isFloor,
        String seen,
        String limitText,
        @Nullable String mostly) {
    private static final BigDecimal BACK_ABOVE = new BigDecimal("1.1");
    private static final BigDecimal BACK_BELOW = new BigDecimal("0.9");

    boolean isOut() {
        return isFloor ? value.compareTo(limit) < 0 : value.compareTo(limit) > 0;
    }

    /** Whether it is back by a tenth of the limit: a figure that dances on the limit is one episode, not many. */
    boolean isCalm() {
        return isFloor
                ? value.compareTo(limit.multiply(BACK_ABOVE).min(BigDecimal.ONE)) >= 0
                : value.compareTo(limit.multiply(BACK_BELOW)) <= 0;
    }
}
