package io.tollgate.server.serve;

import io.tollgate.core.price.PriceCatalogue;
import io.tollgate.server.config.Config;

final class Prices {
    private Prices() {}

    static PriceCatalogue of(Config config) {
        return PriceCatalogue.builder().build();
    }
}
