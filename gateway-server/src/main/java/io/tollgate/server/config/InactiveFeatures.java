package io.tollgate.server.config;

import java.util.List;
import java.util.function.Predicate;

/** Sections that are read and checked but that nothing acts on yet: the single list of them. A feature that lands leaves it. */
final class InactiveFeatures {
    private record Feature(String section, Predicate<Config> isConfigured) {}

    private static final List<Feature> INACTIVE = List.of(
            new Feature("cache.semantic", config -> config.cache().semantic().enabled()),
            new Feature("store.ledger", config -> config.store().ledgerUrl() != null),
            new Feature("store.shared", config -> config.store().sharedUrl() != null));

    private InactiveFeatures() {}

    /** The sections this configuration sets to something other than off. */
    static List<String> configuredIn(Config config) {
        return INACTIVE.stream()
                .filter(feature -> feature.isConfigured().test(config))
                .map(Feature::section)
                .toList();
    }
}
