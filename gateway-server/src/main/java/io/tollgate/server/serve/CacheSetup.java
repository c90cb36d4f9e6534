package io.tollgate.server.serve;

import io.tollgate.cache.key.ScopeRule;
import io.tollgate.cache.rule.CachePolicies;
import io.tollgate.cache.rule.CachePolicy;
import io.tollgate.cache.rule.CacheRules;
import io.tollgate.cache.rule.CallMatch;
import io.tollgate.cache.step.CacheTerms;
import io.tollgate.cache.step.Caching;
import io.tollgate.cache.store.ReplyStore;
import io.tollgate.cache.store.disk.DiskSettings;
import io.tollgate.cache.store.disk.DiskStore;
import io.tollgate.cache.store.disk.EncryptionKey;
import io.tollgate.cache.store.memory.MemoryStore;
import io.tollgate.cache.store.memory.TwoLevelStore;
import io.tollgate.core.provider.Secret;
import io.tollgate.server.config.CacheConfig;
import io.tollgate.server.config.Config;
import io.tollgate.server.config.Match;
import java.nio.file.Path;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** The configuration's cache as the cache takes it. */
final class CacheSetup {
    /** For answers that are being recorded, all together. */
    private static final long LEAST_RECORDING = 16L << 20;

    private CacheSetup() {}

    /** Who shares answers, for how long, and whose are not kept. */
    static CacheRules rules(CacheConfig config) {
        CacheConfig.Exact exact = config.exact();
        return new CacheRules(
                new ScopeRule(exact.scope()),
                new CachePolicies(
                        exact.rules().stream()
                                .map(rule -> new CachePolicies.Rule(
                                        match(rule.match()), new CachePolicy(rule.when(), rule.ttl())))
                                .toList(),
                        new CachePolicy(exact.when(), exact.ttl()),
                        config.noStore().stream().map(CacheSetup::match).toList()));
    }

    /** What this version of the configuration says, or null where nothing is cached. */
    static @Nullable CacheTerms terms(CacheConfig config) {
        CacheConfig.Exact exact = config.exact();
        return exact.enabled()
                ? new CacheTerms(
                        rules(config), exact.maxEntry(), exact.replayPace().toNanos())
                : null;
    }

    /** The store, which outlives reloads: memory, and a folder where there is to be one. */
    static Caching open(Config config, InstantSource clock) {
        CacheConfig cache = config.cache();
        MemoryStore memory = new MemoryStore(cache.exact().maxSize(), clock);
        CacheConfig.Disk disk = cache.exact().enabled() ? cache.disk() : null;
        ReplyStore store = disk == null
                ? memory
                : new TwoLevelStore(memory, DiskStore.open(settings(disk, cache, config.dataDir()), clock));
        return Caching.over(store, Math.max(LEAST_RECORDING, cache.exact().maxSize() / 4), clock);
    }

    private static DiskSettings settings(CacheConfig.Disk disk, CacheConfig cache, Path dataDir) {
        Secret key = cache.encryptionKey();
        Path path = disk.path();
        return new DiskSettings(
                path == null ? dataDir.resolve("cache") : path,
                disk.maxSize(),
                key == null ? null : EncryptionKey.parse(key.reveal()));
    }

    private static CallMatch match(Match match) {
        return new CallMatch(match.globs());
    }
}
