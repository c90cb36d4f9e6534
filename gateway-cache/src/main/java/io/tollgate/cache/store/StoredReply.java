package io.tollgate.cache.store;

import io.tollgate.cache.key.Scope;
import io.tollgate.core.dialect.Operation;
import io.tollgate.core.usage.Cost;
import io.tollgate.core.usage.Usage;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An answer that can be given again, and what it was. Immutable; the body's array is never written to.
 *
 * @param headers the answer's own, without framing ones
 * @param body the bytes as they were sent to the caller
 * @param stream whether the body is a stream of events
 * @param dialect the dialect's name
 * @param model the model that was asked, or null where the request named none
 * @param answeredBy the model that answered as the provider names it, or null when it did not say
 * @param usage what it used when it was bought
 * @param cost what it cost when it was bought: what a replay saves
 * @param scope who may be given it
 */
public record StoredReply(
        int status,
        List<Header> headers,
        byte[] body,
        boolean stream,
        String dialect,
        Operation operation,
        String provider,
        @Nullable String model,
        @Nullable String answeredBy,
        Usage usage,
        Cost cost,
        Instant storedAt,
        Instant expiresAt,
        Scope scope) {
    /** What an entry takes beside its texts: objects, the key, the cache's own node. */
    private static final int OVERHEAD = 512;

    /** A header's name and value. */
    public record Header(String name, String value) {}

    /** Whether it must not be given any more. */
    public boolean isExpired(Instant now) {
        return !now.isBefore(expiresAt);
    }

    /** Roughly the bytes of memory it takes. */
    public int weight() {
        long weight = OVERHEAD + (long) body.length;
        for (Header header : headers) {
            weight += header.name().length() + header.value().length();
        }
        return (int) Math.min(Integer.MAX_VALUE, weight);
    }
}
