package io.tollgate.server.serve;

import io.tollgate.budget.identity.Keyring;
import io.tollgate.budget.identity.VirtualKey;
import io.tollgate.core.dialect.Family;
import io.tollgate.core.dialect.anthropic.AnthropicDialect;
import io.tollgate.core.dialect.endpoint.Dialects;
import io.tollgate.core.dialect.endpoint.Endpoints;
import io.tollgate.core.dialect.gemini.GeminiDialect;
import io.tollgate.core.price.PriceCatalogue;
import io.tollgate.core.provider.Provider;
import io.tollgate.routing.table.Providers;
import io.tollgate.server.config.Config;
import io.tollgate.server.config.KeyConfig;
import io.tollgate.server.config.ProviderConfig;
import io.tollgate.server.gateway.GatewayPipeline;
import io.tollgate.server.gateway.GatewayRules;
import io.tollgate.server.gateway.GatewayState;
import io.tollgate.server.gateway.Ruleset;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Makes what the gateway decides by from a configuration, at start and at every reload. */
final class Rulesets {
    private static final int HASH_PREFIX = "sha256:".length();

    private final Dialects dialects = new Dialects(new AnthropicDialect(), new GeminiDialect());
    private final GatewayState state;

    Rulesets(GatewayState state) {
        this.state = state;
    }

    Ruleset of(Config config) {
        List<Provider> providers = config.providers().values().stream()
                .map(ProviderConfig::toProvider)
                .toList();
        PriceCatalogue prices = Prices.of(config);
        return new Ruleset(
                new Endpoints(families(providers), dialects),
                GatewayPipeline.of(
                        state,
                        new GatewayRules(
                                new Keyring(config.keys().stream()
                                        .map(Rulesets::key)
                                        .toList()),
                                new Providers(providers, prices),
                                prices,
                                RoutingRules.of(config),
                                RoutingRules.shaping(config.shaping()),
                                CacheSetup.terms(config.cache()))));
    }

    private static Map<String, Family> families(List<Provider> providers) {
        return providers.stream().collect(Collectors.toMap(Provider::name, Provider::family));
    }

    static VirtualKey key(KeyConfig key) {
        return new VirtualKey(
                key.id(),
                HexFormat.of().parseHex(key.hash(), HASH_PREFIX, key.hash().length()),
                key.tags(),
                key.allowModels(),
                key.expires(),
                key.disabled());
    }
}
