package io.tollgate.routing.table;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Which model each conversation was last sent to, as {@code provider/model}. Switching in the middle throws away what
 * the provider has cached of it. Bounded: the {@value #MOST} latest, an hour each. Any thread; outlives reloads.
 */
public final class Conversations {
    static final int MOST = 100_000;
    private static final Duration REMEMBERED = Duration.ofHours(1);

    private final Cache<Long, String> models;

    /** Forgets by this clock. */
    public Conversations(io.tollgate.core.time.Ticker ticker) {
        Ticker nanos = ticker::nanos;
        models = Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfterWrite(REMEMBERED)
                .ticker(nanos)
                .executor(Runnable::run)
                .build();
    }

    @Nullable
    String model(long conversation) {
        return models.getIfPresent(conversation);
    }

    void remember(long conversation, String model) {
        models.put(conversation, model);
    }

    /** Conversations remembered. */
    public long size() {
        return models.estimatedSize();
    }
}
