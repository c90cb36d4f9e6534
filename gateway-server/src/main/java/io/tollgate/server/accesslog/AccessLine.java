package io.tollgate.server.accesslog;

import io.tollgate.core.exchange.Attempt;
import io.tollgate.core.exchange.CacheUse;
import io.tollgate.core.exchange.Completion;
import io.tollgate.core.exchange.Exchange;
import io.tollgate.core.exchange.Tags;
import io.tollgate.core.provider.Target;
import io.tollgate.core.usage.Metered;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the log says of one request. The path comes without its query, which may hold a credential.
 *
 * @param cache as in {@code x-tollgate-cache}
 * @param firstByteNanos from the request's arrival to the provider's head; -1 when there was none
 */
record AccessLine(
        String id,
        Instant at,
        String remote,
        String method,
        String path,
        String dialect,
        int status,
        String end,
        @Nullable String key,
        @Nullable Tags tags,
        @Nullable String provider,
        @Nullable String model,
        @Nullable String cache,
        @Nullable Metered metered,
        long gatewayNanos,
        long firstByteNanos,
        long totalNanos) {

    /** Taken on the exchange's loop, at its end. */
    static AccessLine of(Exchange exchange, String remote, Completion completion) {
        Attempt attempt =
                exchange.attempts().isEmpty() ? null : exchange.attempts().getLast();
        Target target = exchange.answering();
        CacheUse use = exchange.cache().orNull();
        var caller = exchange.caller().orNull();
        long started = exchange.startedNanos();
        return new AccessLine(
                exchange.id(),
                exchange.receivedAt(),
                remote,
                exchange.head().method().name(),
                exchange.head().path(),
                exchange.endpoint().dialect().name(),
                completion.status(),
                completion.end().wireName(),
                caller == null ? null : caller.key(),
                exchange.tags().orNull(),
                target == null ? null : target.provider().name(),
                target == null ? null : target.model(),
                use == null ? null : use.text(),
                exchange.metered().orNull(),
                (attempt == null || attempt.sentNanos() == 0 ? completion.endedNanos() : attempt.sentNanos()) - started,
                attempt == null || attempt.firstByteNanos() == 0 ? -1 : attempt.firstByteNanos() - started,
                completion.endedNanos() - started);
    }
}
