package io.tollgate.server.serve;

import io.tollgate.core.price.PriceCatalogue;
import io.tollgate.core.price.PriceCatalogueBuilder;
import io.tollgate.core.price.Tariff;
import io.tollgate.server.config.Config;
import io.tollgate.server.config.ModelConfig;
import io.tollgate.server.config.ProviderConfig;
import io.tollgate.server.config.prices.PricesFile;
import java.time.Instant;
import java.util.List;

/** The prices of a configuration: the built-in catalogue, and what the configuration says of models on top. */
final class Prices {
    private static final long UNSAID = -1;

    private Prices() {}

    static PriceCatalogue of(Config config, Instant now) {
        PriceCatalogue listed = base(config).build();
        PriceCatalogueBuilder all = base(config);
        for (ModelConfig model : config.models().values()) {
            List<String> servers = model.provider() != null
                    ? List.of(model.provider())
                    : listed.providersOf(model.name(), now).stream().limit(1).toList();
            for (String provider : servers) {
                all.model(
                        provider,
                        model.name(),
                        model.price() == null ? null : Tariff.flat(model.price()),
                        model.context() == null ? UNSAID : model.context(),
                        model.maxOutput() == null ? UNSAID : model.maxOutput());
            }
        }
        return all.build();
    }

    private static PriceCatalogueBuilder base(Config config) {
        PriceCatalogueBuilder catalogue = PriceCatalogue.builder();
        BuiltIn.PRICES.addTo(catalogue);
        for (ProviderConfig provider : config.providers().values()) {
            catalogue.provider(provider.name(), null, provider.baseUrl().getHost(), provider.dialect());
        }
        return catalogue;
    }

    /** Read once per process. */
    private static final class BuiltIn {
        static final PricesFile PRICES = PricesFile.builtIn();
    }
}
