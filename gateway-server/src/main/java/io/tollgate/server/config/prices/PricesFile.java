package io.tollgate.server.config.prices;

import io.tollgate.core.price.Price;
import io.tollgate.core.price.PriceCatalogueBuilder;
import io.tollgate.core.price.Vendor;
import io.tollgate.server.config.yaml.Environment;
import io.tollgate.server.config.yaml.Problem;
import io.tollgate.server.config.yaml.YamlDocument;
import io.tollgate.server.config.yaml.YamlObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A file of prices, in the shape that {@code config/prices.yaml} explains at its top.
 *
 * @param vendors who bills, in the file's order
 * @param prices the rows, in the file's order
 * @param problems everything wrong with the file; when there is any, the rest is not to be used
 */
public record PricesFile(List<Vendor> vendors, List<Price> prices, List<Problem> problems) {
    /** {@code config/prices.yaml} of the sources. */
    private static final String RESOURCE = "/prices.yaml";

    /** Copies. */
    public PricesFile {
        vendors = List.copyOf(vendors);
        prices = List.copyOf(prices);
        problems = List.copyOf(problems);
    }

    /** A user's file: its rows override and add to those of the built-in one. */
    public static PricesFile load(Path file, Environment environment) {
        return read(YamlDocument.load(file, environment), BuiltIn.FILE.vendors());
    }

    /** The catalogue that comes with the gateway. */
    public static PricesFile builtIn() {
        return BuiltIn.FILE;
    }

    /** Read when it is first needed, once. */
    private static final class BuiltIn {
        static final PricesFile FILE = read();

        private static PricesFile read() {
            try (InputStream in = PricesFile.class.getResourceAsStream(RESOURCE)) {
                if (in == null) {
                    throw new IllegalStateException("this build lacks its prices: " + RESOURCE);
                }
                String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                PricesFile file = parse("config/prices.yaml", text, List.of());
                if (!file.problems().isEmpty()) {
                    throw new IllegalStateException("the built-in prices are broken: " + file.problems());
                }
                return file;
            } catch (IOException e) {
                throw new UncheckedIOException("the built-in prices cannot be read", e);
            }
        }
    }

    /** Reads a text; rows may name {@code known} vendors without repeating them. */
    static PricesFile parse(String name, String text, List<Vendor> known) {
        return read(YamlDocument.parse(name, text, Path.of(""), variable -> null), known);
    }

    private static PricesFile read(YamlDocument document, List<Vendor> known) {
        Map<String, VendorEntry> vendors = new LinkedHashMap<>();
        document.root().named("vendors").forEach((name, entry) -> vendors.put(name, VendorEntry.read(name, entry)));
        Map<String, String> places = new HashMap<>();
        List<Price> prices = new ArrayList<>();
        for (YamlObject row : document.root().objects("prices")) {
            Price price = PriceRow.read(row, vendors);
            prices.add(price);
            refuseTwice(row, price, places);
        }
        List<String> names = new ArrayList<>(vendors.keySet());
        known.forEach(vendor -> names.add(vendor.name()));
        vendors.forEach((name, entry) -> entry.refuseUnknownVendors(names));
        return new PricesFile(vendors.values().stream().map(VendorEntry::vendor).toList(), prices, document.problems());
    }

    /** Two rows of one file for the same model and day: one of them would silently lose. */
    private static void refuseTwice(YamlObject row, Price price, Map<String, String> places) {
        for (String model : price.models()) {
            String key = price.vendor() + "/" + model + " from " + price.effectiveFrom();
            String first = places.putIfAbsent(key, "line " + row.line());
            if (first != null) {
                row.problem("model", "prices " + key + " a second time, first in " + first + "; expected it once");
            }
        }
    }

    /** Adds vendors and rows to a catalogue; what is added later overrides. */
    public void addTo(PriceCatalogueBuilder catalogue) {
        vendors.forEach(catalogue::vendor);
        prices.forEach(catalogue::add);
    }
}
