package io.tollgate.routing.table;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where each conversation was answered last, as {@code provider/model}. Switching in the middle throws away what the
 * provider has cached of it. Bounded: the {@value #MOST} latest, an hour each. Any thread; outlives reloads.
 */
public final class Conversations {
    static final int MOST = 100_000;
    private static final Duration REMEMBERED = Duration.ofHours(1);
    /** How long providers keep a prompt after its last use: Anthropic five minutes, OpenAI five to ten. */
    private static final long CACHED_NANOS = Duration.ofMinutes(5).toNanos();

    private final Cache<Long, Last> calls;
    private final io.tollgate.core.time.Ticker ticker;

    /** A conversation's last call. */
    record Last(String target, long nanos) {}

    /** Forgets by this clock. */
    public Conversations(io.tollgate.core.time.Ticker ticker) {
        this.ticker = ticker;
        Ticker nanos = ticker::nanos;
        calls = Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfterWrite(REMEMBERED)
                .ticker(nanos)
                .executor(Runnable::run)
                .build();
    }

    @Nullable
    Last last(long conversation) {
        return calls.getIfPresent(conversation);
    }

    /** Whether the provider has surely what that call sent. */
    boolean isCached(Last last) {
        return ticker.nanos() - last.nanos() < CACHED_NANOS;
    }

    void remember(long conversation, String target) {
        calls.put(conversation, new Last(target, ticker.nanos()));
    }

    void forget(long conversation) {
        calls.invalidate(conversation);
    }

    /** Conversations remembered. */
    public long size() {
        return calls.estimatedSize();
    }
}
