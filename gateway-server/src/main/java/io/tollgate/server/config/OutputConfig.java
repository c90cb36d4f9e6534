package io.tollgate.server.config;

import io.tollgate.server.config.yaml.ScalarTypes;
import io.tollgate.server.config.yaml.YamlObject;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * How long answers may be where the caller does not say.
 *
 * @param defaultCap tokens, or null to leave it to the provider
 * @param byTask tokens by the value of the tag {@code task}
 * @param retryTruncated whether a plain answer that a cap of ours cut is asked for once more without it
 */
public record OutputConfig(
        @Nullable Long defaultCap,
        Learn learn,
        SequencedMap<String, Long> byTask,
        boolean retryTruncated,
        StopEarly stopEarly) {
    /**
     * Caps from what answers were before.
     *
     * @param factor what the quantile is multiplied with
     * @param quantile of earlier answers' lengths, between 0 and 1
     * @param minSamples answers that must have been seen
     * @param maxTruncated the share of answers they may cut before they widen
     */
    public record Learn(
            boolean enabled, BigDecimal factor, BigDecimal quantile, int minSamples, BigDecimal maxTruncated) {
        private static final BigDecimal MOST_TRUNCATED = new BigDecimal("0.5");

        static Learn read(YamlObject yaml) {
            return new Learn(
                    yaml.bool("enabled").orElse(false),
                    yaml.value("factor", ScalarTypes.MULTIPLE)
                            .must(factor -> factor.compareTo(BigDecimal.ONE) >= 0, "a multiple from 1 up, such as 1.5")
                            .orElse(new BigDecimal("1.5")),
                    yaml.value("quantile", ScalarTypes.FRACTION)
                            .must(
                                    quantile -> quantile.signum() > 0 && quantile.compareTo(BigDecimal.ONE) < 0,
                                    "a number between 0 and 1, such as 0.95")
                            .orElse(new BigDecimal("0.95")),
                    yaml.value("min_samples", ScalarTypes.integer(1, 1_000_000)).orElse(50),
                    yaml.value("max_truncated", ScalarTypes.FRACTION)
                            .must(
                                    share -> share.signum() > 0 && share.compareTo(MOST_TRUNCATED) <= 0,
                                    "a share above 0 and up to 50%, such as 0.8%")
                            .orElse(new BigDecimal("0.008")));
        }
    }

    /**
     * Which streamed answers end before their model ends them.
     *
     * @param json values of the tag {@code task} whose answer is one JSON value
     * @param repetition whether answers that only repeat themselves do
     */
    public record StopEarly(List<String> json, boolean repetition) {
        static StopEarly read(YamlObject yaml) {
            return new StopEarly(
                    yaml.values("json", ScalarTypes.STRING),
                    yaml.bool("repetition").orElse(false));
        }
    }

    static OutputConfig read(YamlObject yaml) {
        YamlObject tasks = yaml.object("by_task");
        SequencedMap<String, Long> byTask = new LinkedHashMap<>();
        tasks.keys()
                .forEach(task -> byTask.put(
                        task, tasks.value(task, Notations.POSITIVE_COUNT).required()));
        return new OutputConfig(
                yaml.value("default", Notations.POSITIVE_COUNT).orNull(),
                Learn.read(yaml.object("learn")),
                Collections.unmodifiableSequencedMap(byTask),
                yaml.bool("retry_truncated").orElse(false),
                StopEarly.read(yaml.object("stop_early")));
    }
}
