package io.tollgate.server.config;

import io.tollgate.server.config.yaml.Rate;
import io.tollgate.server.config.yaml.ScalarType;
import io.tollgate.server.config.yaml.ScalarTypes;
import io.tollgate.server.config.yaml.YamlObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How fast some calls may come. At least one of the limits is set.
 *
 * @param each one account per distinct value of these tags; empty for one account in all
 * @param requests calls in a time, or null
 * @param tokens input and output tokens in a time, or null
 * @param concurrent calls at one time, or null
 */
public record RateLimitConfig(
        String name,
        Match match,
        List<String> each,
        @Nullable Rate requests,
        @Nullable Rate tokens,
        @Nullable Integer concurrent) {
    private static final long MOST = 1_000_000_000_000L;
    private static final ScalarType<Rate> POSITIVE_RATE = ScalarTypes.RATE.where(
            rate -> rate.amount() > 0 && rate.amount() <= MOST,
            "a rate above 0 and up to 1000G, such as 60/min or 100k/min");

    static RateLimitConfig read(YamlObject yaml, Dimensions dimensions) {
        if (!yaml.has("requests") && !yaml.has("tokens") && !yaml.has("concurrent")) {
            yaml.problem("sets no limit, expected requests, tokens or concurrent");
        }
        return new RateLimitConfig(
                yaml.value("name", Notations.NAME).required(),
                Match.read(yaml.object("match"), dimensions),
                dimensions.each(yaml),
                yaml.value("requests", POSITIVE_RATE).orNull(),
                yaml.value("tokens", POSITIVE_RATE).orNull(),
                yaml.value("concurrent", ScalarTypes.integer(1, 1_000_000)).orNull());
    }
}
