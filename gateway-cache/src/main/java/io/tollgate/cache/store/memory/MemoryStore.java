package io.tollgate.cache.store.memory;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.RemovalCause;
import io.tollgate.cache.key.CacheKey;
import io.tollgate.cache.key.Scope;
import io.tollgate.cache.store.Purge;
import io.tollgate.cache.store.ReplyStore;
import io.tollgate.cache.store.StoreCounters;
import io.tollgate.cache.store.StoreFigures;
import io.tollgate.cache.store.StoredReply;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Answers in memory, within a number of bytes: Caffeine, which keeps what is asked for often rather than what came last
 * (W-TinyLFU). Every answer is at hand at once.
 */
public final class MemoryStore implements ReplyStore {
    private static final int KEY_BYTES = 64;

    private final InstantSource clock;
    private final long maxBytes;
    private final StoreCounters counters = new StoreCounters();
    private final Cache<CacheKey, StoredReply> cache;

    /** Holds at most {@code maxBytes}, expiring by {@code clock}. */
    public MemoryStore(long maxBytes, InstantSource clock) {
        this.clock = clock;
        this.maxBytes = maxBytes;
        this.cache = Caffeine.newBuilder()
                .maximumWeight(maxBytes)
                .weigher((CacheKey key, StoredReply reply) -> weight(reply))
                .expireAfter(Expiry.creating((CacheKey key, StoredReply reply) -> timeLeft(reply)))
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                // On the calling thread: a few entries at a time, and no thread hop.
                .executor(Runnable::run)
                .removalListener(
                        (@Nullable CacheKey key, @Nullable StoredReply reply, RemovalCause cause) -> removed(cause))
                .build();
    }

    private static int weight(StoredReply reply) {
        return (int) Math.min(Integer.MAX_VALUE, (long) KEY_BYTES + reply.weight());
    }

    private Duration timeLeft(StoredReply reply) {
        Duration left = Duration.between(clock.instant(), reply.expiresAt());
        return left.isNegative() ? Duration.ZERO : left;
    }

    private void removed(RemovalCause cause) {
        if (cause == RemovalCause.SIZE) {
            counters.evicted();
        } else if (cause == RemovalCause.EXPIRED) {
            counters.expired();
        }
    }

    @Override
    public CompletableFuture<Optional<StoredReply>> get(CacheKey key, Scope scope) {
        StoredReply reply = cache.getIfPresent(key);
        boolean found = reply != null && reply.scope().equals(scope) && !reply.isExpired(clock.instant());
        counters.lookedUp(found);
        return CompletableFuture.completedFuture(found ? Optional.ofNullable(reply) : Optional.empty());
    }

    @Override
    public CompletableFuture<Boolean> put(CacheKey key, StoredReply reply) {
        Instant now = clock.instant();
        if (reply.isExpired(now) || weight(reply) > maxBytes) {
            counters.dropped();
            cache.invalidate(key); // what stood there is older than what is not kept
            return CompletableFuture.completedFuture(false);
        }
        cache.put(key, reply);
        return CompletableFuture.completedFuture(true);
    }

    /** Keeps an answer unless there is one with this key. */
    void putIfAbsent(CacheKey key, StoredReply reply) {
        if (!reply.isExpired(clock.instant()) && weight(reply) <= maxBytes) {
            StoredReply unused = cache.asMap().putIfAbsent(key, reply);
        }
    }

    /** Looks at every entry, some ten million a second: not to be called on an event loop. */
    @Override
    public CompletableFuture<Integer> purge(Purge what) {
        int before = cache.asMap().size();
        int[] purged = {0};
        cache.asMap().values().removeIf(reply -> {
            boolean matches = what.matches(reply);
            purged[0] += matches ? 1 : 0;
            return matches;
        });
        return CompletableFuture.completedFuture(Math.min(before, purged[0]));
    }

    @Override
    public List<StoreFigures> figures() {
        cache.cleanUp();
        long bytes = cache.policy()
                .eviction()
                .map(eviction -> eviction.weightedSize().orElse(0))
                .orElse(0L);
        return List.of(counters.figures("memory", cache.estimatedSize(), bytes, maxBytes));
    }

    @Override
    public void close() {
        cache.invalidateAll();
    }
}
