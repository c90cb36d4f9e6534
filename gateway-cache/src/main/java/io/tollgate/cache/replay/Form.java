package io.tollgate.cache.replay;

import io.tollgate.core.dialect.Family;
import io.tollgate.core.exchange.Exchange;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How an answer comes: the same answer can be asked for in several forms. */
public enum Form {
    /** One JSON document. */
    PLAIN,
    /** Server-sent events. */
    EVENTS,
    /** A JSON array that grows: how Google streams unless it is asked for events. */
    ARRAY;

    /** The form an exchange asks for. */
    public static Form wanted(Exchange exchange) {
        if (!exchange.facts().get().stream()) {
            return PLAIN;
        }
        return exchange.endpoint().dialect().family() == Family.GEMINI
                        && !asksForEvents(exchange.head().query())
                ? ARRAY
                : EVENTS;
    }

    private static boolean asksForEvents(@Nullable String query) {
        if (query != null) {
            for (String parameter : query.split("&")) {
                String lower = parameter.toLowerCase(Locale.ROOT);
                if (lower.equals("alt=sse") || lower.equals("$alt=sse") || lower.equals("%24alt=sse")) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The form of an answer to a request for {@code asked}: what its content type says, or else what was asked for. */
    public static Form of(Form asked, Family family, @Nullable String contentType) {
        if (contentType == null || contentType.isBlank()) {
            return asked;
        }
        if (contentType.strip().toLowerCase(Locale.ROOT).startsWith("text/event-stream")) {
            return EVENTS;
        }
        return asked != PLAIN && family == Family.GEMINI ? ARRAY : PLAIN;
    }

    /** The form of an answer that is there, a stream or not: by its content type, or else its first byte. */
    public static Form of(boolean stream, @Nullable String contentType, byte[] body) {
        if (!stream) {
            return PLAIN;
        }
        if (contentType == null || contentType.isBlank()) {
            return body.length > 0 && body[0] == '[' ? ARRAY : EVENTS;
        }
        return contentType.strip().toLowerCase(Locale.ROOT).startsWith("text/event-stream") ? EVENTS : ARRAY;
    }
}
