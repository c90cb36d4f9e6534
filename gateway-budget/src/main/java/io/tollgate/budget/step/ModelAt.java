package io.tollgate.budget.step;

import org.jspecify.annotations.Nullable;

/**
 * A model at a provider.
 *
 * @param model null where the request names none
 */
public record ModelAt(String provider, @Nullable String model) {}
