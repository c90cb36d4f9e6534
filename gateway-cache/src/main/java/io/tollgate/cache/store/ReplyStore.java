package io.tollgate.cache.store;

import io.tollgate.cache.key.CacheKey;
import io.tollgate.cache.key.Scope;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Answers by key. Any thread may call, and no call blocks: what is slow goes on elsewhere, and the future is completed
 * there. No future fails because of what happens to a disk: that is a miss, or an answer not kept, and a counter.
 */
public interface ReplyStore extends AutoCloseable {
    /**
     * The answer with this key that callers of {@code scope} may be given and whose time is not over. The future is done
     * already where nothing slow had to be asked.
     */
    CompletableFuture<Optional<StoredReply>> get(CacheKey key, Scope scope);

    /** Keeps an answer in the place of any other with this key; false when it is not kept. */
    CompletableFuture<Boolean> put(CacheKey key, StoredReply reply);

    /** Forgets answers, those being written included; the number forgotten. */
    CompletableFuture<Integer> purge(Purge what);

    /** What each level has done and holds. */
    List<StoreFigures> figures();

    /** Finishes what was begun and lets go of files. */
    @Override
    void close();
}
