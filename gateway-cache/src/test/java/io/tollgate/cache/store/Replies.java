package io.tollgate.cache.store;

import io.tollgate.cache.key.CacheKey;
import io.tollgate.cache.key.Scope;
import io.tollgate.cache.store.StoredReply.Header;
import io.tollgate.core.dialect.Operation;
import io.tollgate.core.usage.Cost;
import io.tollgate.core.usage.Usage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Replies and keys for tests. */
public final class Replies {
    /** Of key a. */
    public static final Scope A = new Scope("key:a");

    /** Of key b. */
    public static final Scope B = new Scope("key:b");

    private Replies() {}

    /** A key by number; its bytes are spread like a hash's. */
    public static CacheKey key(int number) {
        ByteBuffer bytes = ByteBuffer.allocate(CacheKey.LENGTH);
        for (int i = 1; bytes.hasRemaining(); i++) {
            bytes.putLong((number + 1L) * 0x9E3779B97F4A7C15L * i);
        }
        return CacheKey.of(bytes.array());
    }

    /** A reply with this text, kept for an hour. */
    public static StoredReply reply(Instant now, Scope scope, String text) {
        return reply(now, scope, "gpt-4o", Duration.ofHours(1), text.getBytes(StandardCharsets.UTF_8));
    }

    /** A reply of this size and lifetime. */
    public static StoredReply reply(Instant now, Scope scope, @Nullable String model, Duration ttl, byte[] body) {
        return new StoredReply(
                200,
                List.of(new Header("content-type", "application/json"), new Header("x-request-id", "réq_1")),
                body,
                true,
                "openai-chat",
                Operation.GENERATE,
                "openai",
                model,
                "gpt-4o-2024-08-06",
                new Usage(1, 2, 3, 4, 5, 6, 7, 8, 9, 10),
                new Cost(123_456_789, "v1"),
                now,
                now.plus(ttl),
                scope);
    }

    /** The reply's text. */
    public static String text(StoredReply reply) {
        return new String(reply.body(), StandardCharsets.UTF_8);
    }
}
