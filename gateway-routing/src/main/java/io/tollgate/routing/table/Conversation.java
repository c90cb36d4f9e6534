package io.tollgate.routing.table;

import io.tollgate.core.dialect.RequestFacts;
import io.tollgate.core.dialect.RequestFacts.Turn;
import io.tollgate.core.exchange.Caller;
import io.tollgate.core.exchange.Exchange;
import io.tollgate.core.http.RequestBody;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What tells conversations apart: the session a caller names, else how the conversation began, which every later turn
 * sends again. Of the same caller only. A collision would make two conversations share a model, nothing else.
 */
final class Conversation {
    private static final int BYTES_LOOKED_AT = 2_048;
    private static final long PRIME = 0x100000001b3L;

    private Conversation() {}

    static long of(Exchange exchange) {
        Caller caller = exchange.caller().get();
        String who = caller.key() != null ? caller.key() : Objects.toString(caller.credential(), "");
        String session = exchange.tags().get().get("session");
        long start = text(0xcbf29ce484222325L, who) * PRIME;
        return session != null
                ? text(start, session)
                : bytes(start, exchange.body(), opening(exchange.facts().get()));
    }

    /** The first turn that is not the system's, or null. */
    private static @Nullable Turn opening(RequestFacts facts) {
        for (Turn turn : facts.turns()) {
            if (!turn.role().equals("system") && !turn.role().equals("developer")) {
                return turn;
            }
        }
        return null;
    }

    private static long text(long start, String text) {
        long hash = start;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * PRIME;
        }
        return hash;
    }

    private static long bytes(long start, RequestBody body, @Nullable Turn opening) {
        int from = body.offset() + (opening == null ? 0 : opening.span().start());
        int to = Math.min(
                body.offset()
                        + (opening == null ? body.length() : opening.span().end()),
                from + BYTES_LOOKED_AT);
        long hash = start;
        for (int i = from; i < to; i++) {
            hash = (hash ^ body.array()[i]) * PRIME;
        }
        return hash;
    }
}
