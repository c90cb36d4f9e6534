package io.tollgate.core.price;

import io.tollgate.core.text.Glob;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The rows of one vendor by model. Filled while the catalogue is built, then only read. */
final class PriceList {
    /** How well a name fits a row: itself, a dated form of it, or a pattern. */
    enum Fit {
        EXACT,
        DATED,
        PATTERN
    }

    /** A row found for a name. */
    record Found(Price price, Fit fit) {}

    private static final Comparator<Price> NEWEST_FIRST = Comparator.comparing(
                    Price::effectiveFrom, Comparator.nullsFirst(Comparator.naturalOrder()))
            .reversed();

    private final Map<String, List<Price>> byName = new HashMap<>();
    private final Map<String, List<Price>> byPattern = new HashMap<>();
    private List<String> patterns = List.of();

    /** Adds a row under each of its names; it displaces rows of the same name and day, and all of them if it is undated. */
    void add(Price price) {
        for (String model : price.models()) {
            String name = ModelName.normal(model);
            Map<String, List<Price>> map = name.indexOf('*') >= 0 ? byPattern : byName;
            List<Price> rows = map.computeIfAbsent(name, unused -> new ArrayList<>());
            rows.removeIf(other ->
                    price.effectiveFrom() == null || price.effectiveFrom().equals(other.effectiveFrom()));
            rows.add(price);
            rows.sort(NEWEST_FIRST);
        }
        patterns = byPattern.keySet().stream()
                .sorted(Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()))
                .toList();
    }

    /** Every row that fits a normal name: the closest fit first, then the newest. */
    List<Found> find(String name) {
        List<Found> found = new ArrayList<>();
        addAll(found, byName.get(name), Fit.EXACT);
        // -2024-07-18 behind -latest is seen nowhere, but two suffixes are: -preview-0514@default.
        String undated = ModelName.undated(name);
        for (int i = 0; i < 2 && undated != null; i++) {
            addAll(found, byName.get(undated), Fit.DATED);
            undated = ModelName.undated(undated);
        }
        for (String pattern : patterns) {
            if (Glob.matches(pattern, name)) {
                addAll(found, byPattern.get(pattern), Fit.PATTERN);
            }
        }
        return found;
    }

    private static void addAll(List<Found> found, @Nullable List<Price> prices, Fit fit) {
        if (prices != null) {
            prices.forEach(price -> found.add(new Found(price, fit)));
        }
    }

    /** Every row, once. */
    List<Price> rows() {
        return Stream.of(byName, byPattern)
                .flatMap(map -> map.values().stream())
                .flatMap(List::stream)
                .distinct()
                .toList();
    }
}
