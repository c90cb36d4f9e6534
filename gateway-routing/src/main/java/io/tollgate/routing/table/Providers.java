package io.tollgate.routing.table;

import io.tollgate.core.dialect.Endpoint;
import io.tollgate.core.dialect.Family;
import io.tollgate.core.price.PriceCatalogue;
import io.tollgate.core.provider.Provider;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The configured providers, and which of them serves a call that names none. Immutable; any thread. */
public final class Providers {
    private final Map<String, Provider> byName = new LinkedHashMap<>();
    private final Map<Family, Provider> defaults = new EnumMap<>(Family.class);
    private final PriceCatalogue catalogue;

    /** These, in the configuration's order. A family's default is the provider of its name, else its first. */
    public Providers(Collection<Provider> providers, PriceCatalogue catalogue) {
        this.catalogue = catalogue;
        for (Provider provider : providers) {
            byName.put(provider.name(), provider);
            defaults.putIfAbsent(provider.family(), provider);
            if (provider.name().equals(provider.family().wireName())) {
                defaults.put(provider.family(), provider);
            }
        }
    }

    /** All of them by name. */
    public Map<String, Provider> byName() {
        return byName;
    }

    /** The provider for a call: its path's prefix, else its model's entry in the catalogue, else its family's default. */
    public @Nullable Provider choose(Endpoint endpoint, @Nullable String model, Instant at) {
        if (endpoint.provider() != null) {
            return byName.get(endpoint.provider());
        }
        Family family = endpoint.dialect().family();
        if (model != null) {
            for (String name : catalogue.providersOf(model, at)) {
                Provider provider = byName.get(name);
                if (provider != null && provider.family() == family) {
                    return provider;
                }
            }
        }
        return defaults.get(family);
    }
}
