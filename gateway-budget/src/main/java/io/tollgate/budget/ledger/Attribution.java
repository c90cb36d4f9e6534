package io.tollgate.budget.ledger;

import io.tollgate.core.exchange.Tags;
import org.jspecify.annotations.Nullable;

/**
 * What budgets tell calls apart by. The same four facts stand in the usage log's rows, so that any budget can be
 * recomputed from them.
 *
 * @param key the virtual key's id
 * @param model the model the caller asked for
 * @param provider the provider the call goes to
 */
public record Attribution(
        Tags tags,
        @Nullable String key,
        @Nullable String model,
        @Nullable String provider) {
    /** The dimension named like this, or null where the call has none. */
    public @Nullable String value(String dimension) {
        return switch (dimension) {
            case "key" -> key;
            case "model" -> model;
            case "provider" -> provider;
            default -> tags.get(dimension);
        };
    }

    /** The same call at another provider. */
    public Attribution at(@Nullable String otherProvider) {
        return new Attribution(tags, key, model, otherProvider);
    }
}
