package io.tollgate.server.config;

import io.tollgate.server.config.yaml.ScalarTypes;
import io.tollgate.server.config.yaml.YamlObject;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;

/** Answers that are kept. */
public record CacheConfig(Exact exact, Semantic semantic) {
    /**
     * Answers to the very same request.
     *
     * @param ttl how long an answer is kept
     * @param maxSize bytes kept in all
     * @param scope the dimensions ({@code key}, tags) whose values callers must share to share answers; empty for all
     *     callers ({@code global})
     */
    public record Exact(boolean enabled, Duration ttl, long maxSize, List<String> scope) {}

    /**
     * Answers to requests that mean the same.
     *
     * @param threshold likeness from which an answer may be reused, 0 to 1
     * @param maxError share of wrong answers that is put up with, 0 to 1
     */
    public record Semantic(boolean enabled, BigDecimal threshold, BigDecimal maxError) {}

    private static final String GLOBAL = "global";

    static CacheConfig read(YamlObject yaml, Dimensions dimensions) {
        YamlObject exact = yaml.object("exact");
        YamlObject semantic = yaml.object("semantic");
        return new CacheConfig(
                new Exact(
                        exact.bool("enabled").orElse(false),
                        exact.value("ttl", Notations.POSITIVE_DURATION).orElse(Duration.ofHours(1)),
                        exact.value("max_size", ScalarTypes.SIZE)
                                .must(size -> size > 0, "a size above 0, such as 256MiB")
                                .orElse(256L << 20),
                        scope(exact, dimensions)),
                new Semantic(
                        semantic.bool("enabled").orElse(false),
                        semantic.value("threshold", ScalarTypes.FRACTION)
                                .must(CacheConfig::isShare, "0 to 1, such as 0.95")
                                .orElse(new BigDecimal("0.95")),
                        semantic.value("max_error", ScalarTypes.FRACTION)
                                .must(CacheConfig::isShare, "0% to 100%, such as 1%")
                                .orElse(new BigDecimal("0.01"))));
    }

    private static boolean isShare(BigDecimal value) {
        return value.compareTo(BigDecimal.ONE) <= 0;
    }

    private static List<String> scope(YamlObject yaml, Dimensions dimensions) {
        if (!yaml.has("scope")) {
            return List.of("key");
        }
        List<String> scope = yaml.atLeastOne("scope", Notations.TAG);
        if (scope.equals(List.of(GLOBAL))) {
            return List.of();
        }
        if (scope.contains(GLOBAL)) {
            yaml.problem("scope", "mixes global with other scopes, expected either global or names of tags");
        }
        scope.stream().filter(name -> !name.equals(GLOBAL)).forEach(name -> dimensions.checkKnown(yaml, "scope", name));
        return scope;
    }
}
