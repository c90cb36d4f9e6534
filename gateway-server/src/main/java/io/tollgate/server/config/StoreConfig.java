package io.tollgate.server.config;

import io.tollgate.core.provider.Secret;
import io.tollgate.server.config.yaml.YamlObject;
import org.jspecify.annotations.Nullable;

/**
 * Where things are kept.
 *
 * @param ledgerUrl {@code postgresql://…}, or null for the embedded SQLite in the data folder
 * @param sharedUrl {@code redis://…} for state that several gateways share, or null for one gateway
 */
public record StoreConfig(
        @Nullable Secret ledgerUrl, @Nullable Secret sharedUrl) {
    private static final String EMBEDDED = "sqlite";

    static StoreConfig read(YamlObject yaml) {
        Secret ledger = yaml.secret("ledger")
                .must(
                        url -> url.reveal().matches("sqlite|postgres(ql)?://[^/\\s][^\\s]*"),
                        "sqlite or postgresql://host/database")
                .orNull();
        return new StoreConfig(
                ledger == null || ledger.reveal().equals(EMBEDDED) ? null : ledger,
                yaml.secret("shared")
                        .must(url -> url.reveal().matches("rediss?://[^/\\s][^\\s]*"), "redis://host:port")
                        .orNull());
    }
}
