package io.tollgate.core.usage;

import org.jspecify.annotations.Nullable;

/**
 * What a call cost.
 *
 * @param nanos nano-dollars (1e-9 USD), rounded once, half up; 0 when unpriced
 * @param priceVersion which price row was used, or null when the model is unpriced
 */
public record Cost(long nanos, @Nullable String priceVersion) {
    /** Nobody knows a price: not the same as free. */
    public static final Cost UNPRICED = new Cost(0, null);
    /** Nothing was bought. */
    public static final Cost NOTHING = new Cost(0, "none");

    /** Whether a price was known. */
    public boolean isPriced() {
        return priceVersion != null;
    }
}
