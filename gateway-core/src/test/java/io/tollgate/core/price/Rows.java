package io.tollgate.core.price;

import io.tollgate.core.usage.Usage;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/** Rows, rates and counts in few words. */
final class Rows {
    static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    private Rows() {}

    static Rates rates(String input, String output, String cacheRead) {
        return Rates.usd(
                new BigDecimal(input),
                new BigDecimal(output),
                new BigDecimal(cacheRead),
                null,
                null,
                null,
                null,
                null,
                null);
    }

    static Price row(String vendor, String model, String from, String input, String output) {
        return row(vendor, List.of(model), from, Tariff.flat(Rates.usd(input, output)));
    }

    static Price row(String vendor, List<String> models, String from, Tariff tariff) {
        return new Price(vendor, models, LocalDate.parse(from), "a test", null, tariff, ModelTraits.UNKNOWN);
    }

    static Tariff multiplied(Rates rates, Map<String, Factor> multipliers) {
        return new Tariff(rates, List.of(), multipliers, List.of(), PerUse.NOTHING);
    }

    static Tariff tiered(Rates rates, Tier... tiers) {
        return new Tariff(rates, List.of(tiers), Map.of(), List.of(), PerUse.NOTHING);
    }

    static Usage cached(long input, long cacheRead, long write5m, long write1h, long output) {
        return new Usage(input, cacheRead, write5m, write1h, output, 0, 0, 0, 0, 0);
    }
}
