package io.tollgate.server.serve;

import io.tollgate.budget.identity.Keyring;
import io.tollgate.budget.identity.VirtualKey;
import io.tollgate.budget.usagelog.UsageLog;
import io.tollgate.core.dialect.Endpoints;
import io.tollgate.core.price.PriceCatalogue;
import io.tollgate.core.provider.Provider;
import io.tollgate.routing.table.Providers;
import io.tollgate.server.config.Config;
import io.tollgate.server.config.KeyConfig;
import io.tollgate.server.config.ProviderConfig;
import io.tollgate.server.gateway.GatewayPipeline;
import io.tollgate.server.gateway.Ruleset;
import java.util.HexFormat;
import java.util.List;

/** Makes what the gateway decides by from a configuration, at start and at every reload. */
final class Rulesets {
    private static final int HASH_PREFIX = "sha256:".length();

    private final UsageLog usageLog;

    Rulesets(UsageLog usageLog) {
        this.usageLog = usageLog;
    }

    Ruleset of(Config config) {
        List<Provider> providers = config.providers().values().stream()
                .map(ProviderConfig::toProvider)
                .toList();
        PriceCatalogue prices = Prices.of(config);
        return new Ruleset(
                Endpoints.of(providers),
                GatewayPipeline.of(
                        new Keyring(config.keys().stream().map(Rulesets::key).toList()),
                        usageLog,
                        new Providers(providers, prices),
                        prices));
    }

    private static VirtualKey key(KeyConfig key) {
        return new VirtualKey(
                key.id(),
                HexFormat.of().parseHex(key.hash(), HASH_PREFIX, key.hash().length()),
                key.tags(),
                key.allowModels(),
                key.expires(),
                false);
    }
}
