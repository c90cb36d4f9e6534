package io.tollgate.server.config;

import io.tollgate.cache.rule.When;
import io.tollgate.cache.store.disk.EncryptionKey;
import io.tollgate.core.provider.Secret;
import io.tollgate.server.config.yaml.ScalarTypes;
import io.tollgate.server.config.yaml.YamlObject;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Answers that are kept.
 *
 * @param noStore calls whose answers are neither kept nor looked up
 * @param disk the level that survives a restart, or null for none
 * @param encryptionKey 32 bytes in Base64 or hexadecimal digits that entries on disk are encrypted by, or null
 */
public record CacheConfig(
        Exact exact,
        Semantic semantic,
        List<Match> noStore,
        @Nullable Disk disk,
        @Nullable Secret encryptionKey) {
    /**
     * Answers to the very same request.
     *
     * @param ttl how long an answer is kept
     * @param maxSize bytes kept in memory
     * @param maxEntry bytes from which an answer is not kept
     * @param scope the dimensions ({@code key}, tags) whose values callers must share to share answers; empty for all
     *     callers ({@code global})
     * @param when which requests, as far as they wish for variety
     * @param rules other lifetimes and wishes for some calls; the first that matches decides
     * @param replayPace between two events of a stream that is given again; zero gives all at once
     */
    public record Exact(
            boolean enabled,
            Duration ttl,
            long maxSize,
            long maxEntry,
            List<String> scope,
            When when,
            List<Rule> rules,
            Duration replayPace) {}

    /** What holds for some calls. */
    public record Rule(Match match, Duration ttl, When when) {}

    /**
     * Answers on disk.
     *
     * @param path a folder of its own, or null for {@code cache} in the data folder
     * @param maxSize bytes kept
     */
    public record Disk(@Nullable Path path, long maxSize) {}

    /**
     * Answers to requests that mean the same.
     *
     * @param threshold likeness from which an answer may be reused, 0 to 1
     * @param maxError share of wrong answers that is put up with, 0 to 1
     */
    public record Semantic(boolean enabled, BigDecimal threshold, BigDecimal maxError) {}

    private static final String GLOBAL = "global";
    private static final int DEFAULT_MAX_ENTRY = 1 << 20;
    private static final Duration SLOWEST_PACE = Duration.ofSeconds(1);
    private static final int LARGEST_ENTRY = 256 << 20;

    static CacheConfig read(YamlObject yaml, Dimensions dimensions) {
        YamlObject semantic = yaml.object("semantic");
        return new CacheConfig(
                exact(yaml.object("exact"), dimensions),
                new Semantic(
                        semantic.bool("enabled").orElse(false),
                        semantic.value("threshold", ScalarTypes.FRACTION)
                                .must(CacheConfig::isShare, "0 to 1, such as 0.95")
                                .orElse(new BigDecimal("0.95")),
                        semantic.value("max_error", ScalarTypes.FRACTION)
                                .must(CacheConfig::isShare, "0% to 100%, such as 1%")
                                .orElse(new BigDecimal("0.01"))),
                yaml.objects("no_store").stream()
                        .map(match -> noStore(match, dimensions))
                        .toList(),
                disk(yaml),
                yaml.secret("encryption_key")
                        .must(
                                key -> EncryptionKey.parse(key.reveal()) != null,
                                "32 random bytes in Base64 or 64 hexadecimal digits (openssl rand -base64 32)")
                        .orNull());
    }

    private static Exact exact(YamlObject yaml, Dimensions dimensions) {
        Duration ttl = yaml.value("ttl", Notations.POSITIVE_DURATION).orElse(Duration.ofHours(1));
        When when = yaml.value("when", ScalarTypes.oneOf(When.class)).orElse(When.DETERMINISTIC);
        List<Rule> rules = new ArrayList<>();
        for (YamlObject rule : yaml.objects("rules")) {
            rules.add(new Rule(
                    Match.read(rule.object("match"), dimensions),
                    rule.value("ttl", Notations.POSITIVE_DURATION).orElse(ttl),
                    rule.value("when", ScalarTypes.oneOf(When.class)).orElse(when)));
        }
        return new Exact(
                yaml.bool("enabled").orElse(false),
                ttl,
                size(yaml, 256L << 20),
                yaml.value("max_entry", ScalarTypes.SIZE)
                        .must(
                                size -> size > 0 && size <= LARGEST_ENTRY,
                                "a size above 0 and up to 256MiB, such as 1MiB")
                        .orElse((long) DEFAULT_MAX_ENTRY),
                scope(yaml, dimensions),
                when,
                List.copyOf(rules),
                yaml.value("replay_pace", ScalarTypes.DURATION)
                        .must(pace -> pace.compareTo(SLOWEST_PACE) <= 0, "a duration up to 1s, such as 0s or 20ms")
                        .orElse(Duration.ZERO));
    }

    private static Match noStore(YamlObject yaml, Dimensions dimensions) {
        Match match = Match.read(yaml, dimensions);
        if (match.globs().isEmpty()) {
            yaml.problem("key", "is missing; expected a key, a tag, a model or a provider to match");
        }
        return match;
    }

    private static @Nullable Disk disk(YamlObject yaml) {
        if (!yaml.has("disk")) {
            return null;
        }
        YamlObject disk = yaml.object("disk");
        String path = disk.value("path", ScalarTypes.FILE).orNull();
        return new Disk(path == null ? null : Path.of(path), size(disk, 1L << 30));
    }

    private static long size(YamlObject yaml, long otherwise) {
        return yaml.value("max_size", ScalarTypes.SIZE)
                .must(size -> size > 0, "a size above 0, such as 256MiB")
                .orElse(otherwise);
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
        for (String name : scope) {
            if (name.equals("model") || name.equals("provider")) {
                yaml.problem(
                        "scope", "names " + name + ", which answers are told apart by anyway; expected key or tags");
            } else if (!name.equals(GLOBAL)) {
                dimensions.checkKnown(yaml, "scope", name);
            }
        }
        return scope;
    }
}
