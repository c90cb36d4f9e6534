package io.tollgate.server.config;

import io.tollgate.core.price.Rates;
import io.tollgate.server.config.prices.RatesReader;
import io.tollgate.server.config.yaml.YamlObject;
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
        @Nullable Rates price,
        @Nullable Long context,
        @Nullable Long maxOutput) {

    static ModelConfig read(String name, YamlObject yaml) {
        if (Notations.MODEL.parser().parse(name) == null) {
            yaml.problem("has an unusable name, expected " + Notations.MODEL.expected());
        }
        return new ModelConfig(
                name,
                yaml.string("provider").orNull(),
                yaml.has("price") ? RatesReader.read(yaml.object("price")) : null,
                yaml.value("context", Notations.POSITIVE_COUNT).orNull(),
                yaml.value("max_output", Notations.POSITIVE_COUNT).orNull());
    }
}
