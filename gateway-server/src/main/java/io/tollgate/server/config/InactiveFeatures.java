package io.tollgate.server.config;

import io.tollgate.server.config.BudgetConfig.Action;
import java.util.List;
import java.util.function.Predicate;

/** Sections that are read and checked but that nothing acts on yet: the single list of them. A feature that lands leaves it. */
final class InactiveFeatures {
    private record Feature(String section, Predicate<Config> isConfigured) {}

    private static final List<Feature> INACTIVE = List.of(
            new Feature("budgets.steps", InactiveFeatures::steers),
            new Feature("cache.semantic", config -> config.cache().semantic().enabled()),
            new Feature("routing", config -> !config.routing().isEmpty()),
            new Feature("fallbacks", config -> !config.fallbacks().isEmpty()),
            new Feature(
                    "output",
                    config -> config.output().defaultCap() != null
                            || config.output().learn().enabled()
                            || !config.output().byTask().isEmpty()),
            new Feature("shaping.prompt_cache", config -> config.shaping().promptCache()),
            new Feature("shaping.history", config -> config.shaping().maxTurns() != null),
            new Feature("shaping.truncate", config -> config.shaping().maxInputTokens() != null),
            new Feature("store.ledger", config -> config.store().ledgerUrl() != null),
            new Feature("store.shared", config -> config.store().sharedUrl() != null));

    private InactiveFeatures() {}

    /** Budgets hold and block; what a step would make the router or the cap do waits for them. */
    private static boolean steers(Config config) {
        return config.budgets().stream()
                .flatMap(budget -> budget.steps().stream())
                .anyMatch(step -> step.action() == Action.DOWNGRADE || step.action() == Action.SHRINK_OUTPUT);
    }

    /** The sections this configuration sets to something other than off. */
    static List<String> configuredIn(Config config) {
        return INACTIVE.stream()
                .filter(feature -> feature.isConfigured().test(config))
                .map(Feature::section)
                .toList();
    }
}
