package io.tollgate.server.serve;

import io.tollgate.core.price.PriceCatalogue;
import io.tollgate.core.price.PriceCatalogueBuilder;
import io.tollgate.core.price.Tariff;
import io.tollgate.server.config.Config;
import io.tollgate.server.config.prices.PricesFile;
import org.jspecify.annotations.Nullable;

/** The price catalogue of a configuration: the built-in file, the user's files over it, {@code models:} over both. */
public final class Prices {
    private Prices() {}

    /** The catalogue. */
    public static PriceCatalogue of(Config config) {
        PriceCatalogueBuilder catalogue = PriceCatalogue.builder();
        PricesFile.builtIn().addTo(catalogue);
        config.prices().forEach(file -> file.addTo(catalogue));
        config.providers()
                .values()
                .forEach(provider -> catalogue.provider(
                        provider.name(),
                        provider.catalogue(),
                        provider.baseUrl().getHost(),
                        provider.dialect()));
        config.models()
                .values()
                .forEach(model -> catalogue.model(
                        model.provider(),
                        model.name(),
                        model.price() == null ? null : Tariff.flat(model.price()),
                        orUnknown(model.context()),
                        orUnknown(model.maxOutput())));
        return catalogue.build();
    }

    private static long orUnknown(@Nullable Long tokens) {
        return tokens == null ? -1 : tokens;
    }
}
