package io.tollgate.server.config;

import io.tollgate.server.config.yaml.ScalarType;
import io.tollgate.server.config.yaml.ScalarTypes;
import io.tollgate.server.config.yaml.YamlObject;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A model that is added to the built-in catalogue, or what of its entry there is overridden.
 *
 * @param provider where it is, or null to leave that to the catalogue
 * @param price what it costs, or null to leave that to the catalogue
 * @param context tokens it can read and write in one call, or null
 * @param maxOutput tokens it can write in one call, or null
 */
public record ModelConfig(
        String name,
        @Nullable String provider,
        @Nullable ModelPrice price,
        @Nullable Long context,
        @Nullable Long maxOutput) {

    /**
     * USD per million tokens. What is null follows from {@code input} and the provider's own rule.
     *
     * @param input uncached input
     * @param output all output, reasoning included
     */
    public record ModelPrice(
            BigDecimal input,
            BigDecimal output,
            @Nullable BigDecimal cacheRead,
            @Nullable BigDecimal cacheWrite5m,
            @Nullable BigDecimal cacheWrite1h) {
        private static final ScalarType<BigDecimal> USD_PER_MILLION = ScalarTypes.DECIMAL.where(
                price -> price.signum() >= 0 && price.scale() <= 9, "USD per million tokens from 0 up, such as 2.50");

        static @Nullable ModelPrice read(YamlObject yaml) {
            return !yaml.isPresent()
                    ? null
                    : new ModelPrice(
                            yaml.value("input", USD_PER_MILLION).required(),
                            yaml.value("output", USD_PER_MILLION).required(),
                            yaml.value("cache_read", USD_PER_MILLION).orNull(),
                            yaml.value("cache_write_5m", USD_PER_MILLION).orNull(),
                            yaml.value("cache_write_1h", USD_PER_MILLION).orNull());
        }
    }

    static ModelConfig read(String name, YamlObject yaml) {
        if (Notations.MODEL.parser().parse(name) == null) {
            yaml.problem("has an unusable name, expected " + Notations.MODEL.expected());
        }
        return new ModelConfig(
                name,
                yaml.string("provider").orNull(),
                ModelPrice.read(yaml.object("price")),
                yaml.value("context", Notations.POSITIVE_COUNT).orNull(),
                yaml.value("max_output", Notations.POSITIVE_COUNT).orNull());
    }
}
