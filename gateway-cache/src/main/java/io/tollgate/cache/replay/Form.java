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

    /** The form an answer has. */
    public static Form of(boolean streamAsked, Family family, @Nullable String contentType) {
        String type = contentType == null ? "" : contentType.strip().toLowerCase(Locale.ROOT);
        if (type.startsWith("text/event-stream")) {
            return EVENTS;
        }
        return streamAsked && family == Family.GEMINI ? ARRAY : PLAIN;
    }
}
