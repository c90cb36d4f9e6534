package io.tollgate.server.config.prices;

import io.tollgate.core.price.Rates;
import io.tollgate.server.config.yaml.ScalarType;
import io.tollgate.server.config.yaml.ScalarTypes;
import io.tollgate.server.config.yaml.YamlObject;
import java.math.BigDecimal;
import java.util.List;

/** Reads {@code rates:} of a price row and {@code price:} of a model in the configuration: USD per million tokens. */
public final class RatesReader {
    static final List<String> KEYS = List.of(
            "input",
            "output",
            "cache_read",
            "cache_write_5m",
            "cache_write_1h",
            "audio_in",
            "cache_read_audio",
            "audio_out",
            "reasoning");

    private static final BigDecimal MOST = BigDecimal.valueOf(1_000_000);

    private static final ScalarType<BigDecimal> USD_PER_MILLION = ScalarTypes.DECIMAL.where(
            usd -> isPrice(usd, 6), "USD per million tokens, 0 to 1000000 with at most 6 decimals, such as 2.5");

    private RatesReader() {}

    /** The rates; problems are the object's. */
    public static Rates read(YamlObject rates) {
        return Rates.usd(
                rates.value("input", USD_PER_MILLION).required(),
                rates.value("output", USD_PER_MILLION).required(),
                rates.value("cache_read", USD_PER_MILLION).orNull(),
                rates.value("cache_write_5m", USD_PER_MILLION).orNull(),
                rates.value("cache_write_1h", USD_PER_MILLION).orNull(),
                rates.value("audio_in", USD_PER_MILLION).orNull(),
                rates.value("cache_read_audio", USD_PER_MILLION).orNull(),
                rates.value("audio_out", USD_PER_MILLION).orNull(),
                rates.value("reasoning", USD_PER_MILLION).orNull());
    }

    /** From 0 up, not absurd, and no finer than {@code decimals}. */
    static boolean isPrice(BigDecimal usd, int decimals) {
        return usd.signum() >= 0
                && usd.compareTo(MOST) <= 0
                && usd.stripTrailingZeros().scale() <= decimals;
    }
}
