package io.tollgate.server.config;

import io.tollgate.server.config.yaml.ScalarTypes;
import io.tollgate.server.config.yaml.YamlObject;
import org.jspecify.annotations.Nullable;

/**
 * What a provider's machines cost, whether they are asked or not.
 *
 * @param nanosPerHour nano-dollars an hour, all machines together
 * @param insteadOf the model that would be paid for by token in their place; null compares with the models asked for
 */
public record HourlyConfig(long nanosPerHour, @Nullable String insteadOf) {
    /** Null where the provider has no such machines. */
    static @Nullable HourlyConfig read(YamlObject yaml) {
        if (!yaml.isPresent()) {
            return null;
        }
        return new HourlyConfig(
                yaml.value("usd", ScalarTypes.USD)
                        .must(nanos -> nanos > 0, "dollars an hour, above 0, such as 2.50")
                        .required(),
                yaml.value("instead_of", Notations.MODEL).orNull());
    }
}
