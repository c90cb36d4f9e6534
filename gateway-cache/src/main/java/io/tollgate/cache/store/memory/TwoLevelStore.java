package io.tollgate.cache.store.memory;

import io.tollgate.cache.key.CacheKey;
import io.tollgate.cache.key.Scope;
import io.tollgate.cache.store.Purge;
import io.tollgate.cache.store.ReplyStore;
import io.tollgate.cache.store.StoreFigures;
import io.tollgate.cache.store.StoredReply;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** Memory before a lasting level: answers found only in the second move up into the first. */
public final class TwoLevelStore implements ReplyStore {
    private final MemoryStore quick;
    private final ReplyStore lasting;
    private final AtomicLong purges = new AtomicLong();

    /** {@code quick} is asked first. */
    public TwoLevelStore(MemoryStore quick, ReplyStore lasting) {
        this.quick = quick;
        this.lasting = lasting;
    }

    @Override
    public CompletableFuture<Optional<StoredReply>> get(CacheKey key, Scope scope) {
        CompletableFuture<Optional<StoredReply>> found = quick.get(key, scope);
        if (found.join().isPresent()) {
            return found;
        }
        long before = purges.get();
        return lasting.get(key, scope).thenApply(reply -> {
            reply.ifPresent(present -> moveUp(key, present, before));
            return reply;
        });
    }

    /** A purge, or a newer answer, that came between reading and moving up wins. */
    private void moveUp(CacheKey key, StoredReply reply, long purgesBefore) {
        if (purges.get() != purgesBefore) {
            return;
        }
        quick.putIfAbsent(key, reply);
        if (purges.get() != purgesBefore) {
            quick.purge(new Purge(reply.scope(), reply.model()));
        }
    }

    @Override
    public CompletableFuture<Boolean> put(CacheKey key, StoredReply reply) {
        return quick.put(key, reply).thenCombine(lasting.put(key, reply), (one, other) -> one || other);
    }

    @Override
    public CompletableFuture<Integer> purge(Purge what) {
        purges.incrementAndGet();
        return quick.purge(what).thenCombine(lasting.purge(what), Math::max);
    }

    @Override
    public List<StoreFigures> figures() {
        return Stream.concat(quick.figures().stream(), lasting.figures().stream())
                .toList();
    }

    @Override
    public void close() {
        quick.close();
        lasting.close();
    }
}
