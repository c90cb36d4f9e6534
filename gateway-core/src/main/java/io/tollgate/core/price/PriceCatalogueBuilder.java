package io.tollgate.core.price;

import io.tollgate.core.dialect.Family;
import io.tollgate.core.price.ProviderPrices.Section;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts a catalogue together: vendors and rows (later ones override earlier ones of the same vendor, name and day), then
 * the configured providers and what the configuration says of single models.
 */
public final class PriceCatalogueBuilder {
    private static final int GUESSED = 3;

    private final Map<String, Vendor> vendors = new LinkedHashMap<>();
    private final Map<String, PriceList> lists = new LinkedHashMap<>();
    private final Map<String, Configured> providers = new LinkedHashMap<>();
    private final Map<String, Map<String, ModelTraits>> traits = new HashMap<>();
    private final Map<String, PriceList> own = new HashMap<>();
    private final PriceList everywhere = new PriceList();
    private final Map<String, ModelTraits> traitsEverywhere = new HashMap<>();
    private final Map<String, String> pinned = new HashMap<>();

    private record Configured(
            @Nullable String catalogue, @Nullable String host, Family family) {}

    PriceCatalogueBuilder() {}

    /** Adds a vendor, or replaces the one of this name. */
    public PriceCatalogueBuilder vendor(Vendor vendor) {
        vendors.put(vendor.name(), vendor);
        return this;
    }

    /** Adds a row. */
    public PriceCatalogueBuilder add(Price price) {
        lists.computeIfAbsent(price.vendor(), unused -> new PriceList()).add(price);
        return this;
    }

    /**
     * Tells of a configured provider. It bills by rows under its own name, then by those of its vendor: the one
     * {@code catalogue} names, else the one reached at {@code host}, else the one of the provider's own name, else the
     * one whose language it speaks (a proxy before it, say).
     *
     * @param catalogue the provider's {@code catalogue:} setting, or null
     * @param host of its base URL, or null
     */
    public PriceCatalogueBuilder provider(
            String name, @Nullable String catalogue, @Nullable String host, Family family) {
        providers.put(name, new Configured(catalogue, host, family));
        return this;
    }

    /**
     * What the configuration's {@code models:} says of a model: it is sent to this provider and, where given, costs and
     * takes this much there whatever the date.
     *
     * @param provider its provider, or null to leave that to the catalogue: the rest then holds wherever it is
     * @param tariff its price, or null to leave it as it is
     * @param context tokens, or -1 to leave it as it is
     * @param maxOutput tokens, or -1 to leave it as it is
     */
    public PriceCatalogueBuilder model(
            @Nullable String provider, String model, @Nullable Tariff tariff, long context, long maxOutput) {
        String name = ModelName.normal(model);
        PriceList prices = everywhere;
        Map<String, ModelTraits> limits = traitsEverywhere;
        if (provider != null) {
            pinned.put(name, provider);
            prices = own.computeIfAbsent(provider, unused -> new PriceList());
            limits = traits.computeIfAbsent(provider, unused -> new HashMap<>());
        }
        limits.put(name, ModelTraits.UNKNOWN.withLimits(context, maxOutput));
        if (tariff != null) {
            String biller = provider == null ? "models" : provider;
            prices.add(new Price(biller, List.of(model), null, "configuration", null, tariff, ModelTraits.UNKNOWN));
        }
        return this;
    }

    /** The catalogue. */
    public PriceCatalogue build() {
        Map<String, ProviderPrices> byProvider = new LinkedHashMap<>();
        for (String vendor : lists.keySet()) {
            byProvider.put(vendor, prices(vendor, vendor, 1));
        }
        for (String vendor : vendors.keySet()) {
            byProvider.put(vendor, prices(vendor, vendor, 1));
        }
        providers.forEach((name, configured) -> {
            String vendor = vendorOf(name, configured);
            byProvider.put(
                    name,
                    vendor != null
                            ? prices(name, vendor, 1)
                            : prices(name, configured.family().wireName(), GUESSED));
        });
        List<Price> rows = new ArrayList<>();
        lists.values().forEach(list -> rows.addAll(list.rows()));
        own.values().forEach(list -> rows.addAll(list.rows()));
        rows.addAll(everywhere.rows());
        return new PriceCatalogue(byProvider, List.copyOf(providers.keySet()), pinned, rows);
    }

    private @Nullable String vendorOf(String name, Configured configured) {
        if (configured.catalogue() != null) {
            return configured.catalogue();
        }
        for (Vendor vendor : vendors.values()) {
            if (vendor.reachedAt(configured.host())) {
                return vendor.name();
            }
        }
        return vendors.containsKey(name) ? name : null;
    }

    private ProviderPrices prices(String provider, String vendorName, int distance) {
        List<Section> sections = new ArrayList<>();
        section(sections, "", own.get(provider), 0);
        section(sections, "", everywhere, ProviderPrices.EVERYWHERE);
        if (!provider.equals(vendorName) && !vendors.containsKey(provider)) {
            section(sections, "", lists.get(provider), 0);
        }
        Vendor vendor = vendors.get(vendorName);
        section(sections, "", lists.get(vendorName), distance);
        section(sections, vendorName + "/", lists.get(vendorName), distance);
        if (vendor != null) {
            vendor.sameAs().forEach(other -> section(sections, "", lists.get(other), 2));
            vendor.makers().forEach((prefix, maker) -> section(sections, prefix + "/", lists.get(maker), 2));
        }
        Map<String, ModelTraits> limits = new HashMap<>(traitsEverywhere);
        limits.putAll(traits.getOrDefault(provider, Map.of()));
        return new ProviderPrices(sections, limits, vendor != null && vendor.prefersStatedCost());
    }

    private static void section(List<Section> sections, String prefix, @Nullable PriceList list, int distance) {
        if (list != null) {
            sections.add(new Section(prefix, list, distance));
        }
    }
}
