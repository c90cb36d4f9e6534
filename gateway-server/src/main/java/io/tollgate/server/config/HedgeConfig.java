package io.tollgate.server.config;

import io.tollgate.server.config.yaml.ScalarTypes;
import io.tollgate.server.config.yaml.YamlObject;
import java.math.BigDecimal;

/**
 * When a second call is made beside one whose answer is late.
 *
 * @param quantile of the times to the first byte after which one is late
 * @param minSamples times that must have been seen of a target
 * @param maxShare second calls as a share of all
 */
public record HedgeConfig(boolean enabled, BigDecimal quantile, int minSamples, BigDecimal maxShare) {
    static HedgeConfig read(YamlObject yaml) {
        return new HedgeConfig(
                yaml.value("enabled", ScalarTypes.BOOLEAN).orElse(false),
                yaml.value("quantile", ScalarTypes.FRACTION)
                        .must(
                                share -> share.compareTo(new BigDecimal("0.5")) >= 0
                                        && share.compareTo(new BigDecimal("0.999")) <= 0,
                                "a share from 50% to 99.9%")
                        .orElse(new BigDecimal("0.95")),
                yaml.value("min_samples", ScalarTypes.integer(1, 100_000)).orElse(50),
                yaml.value("max_share", ScalarTypes.FRACTION)
                        .must(
                                share -> share.signum() >= 0 && share.compareTo(new BigDecimal("0.5")) <= 0,
                                "a share from 0% to 50%")
                        .orElse(new BigDecimal("0.05")));
    }
}
