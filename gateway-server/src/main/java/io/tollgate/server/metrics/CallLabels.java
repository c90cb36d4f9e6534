package io.tollgate.server.metrics;

import org.jspecify.annotations.Nullable;

/** What calls are told apart by. Few values each: the provider and dialect are configuration, the model is bounded by {@link TrafficMetrics}. */
record CallLabels(@Nullable String provider, @Nullable String model, String dialect, String operation) {}
