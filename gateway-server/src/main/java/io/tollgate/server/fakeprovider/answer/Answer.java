package io.tollgate.server.fakeprovider.answer;

import io.tollgate.server.fakeprovider.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A whole answer in its dialect, before anything is done to its delivery.
 *
 * @param status the HTTP status
 * @param contentType the body's type
 * @param headers the provider's own headers, without framing
 * @param parts the events of a stream, or the one part of a plain body
 * @param streams whether it is a stream
 * @param errorEvent what this dialect sends when it breaks in the middle of a stream; null where it is no stream
 */
public record Answer(
        int status,
        String contentType,
        List<Map.Entry<String, String>> headers,
        Events parts,
        boolean streams,
        byte @Nullable [] errorEvent) {

    /** A JSON answer. */
    public static Answer json(int status, @Nullable Object tree) {
        return plain(status, "application/json", JsonText.bytes(tree));
    }

    /** An answer of any type. */
    public static Answer plain(int status, String contentType, byte[] body) {
        return new Answer(status, contentType, List.of(), new Events().add(body), false, null);
    }

    /** A stream of server-sent events. */
    public static Answer stream(Events events, String errorEvent) {
        return new Answer(
                200,
                "text/event-stream; charset=utf-8",
                List.of(),
                events,
                true,
                errorEvent.getBytes(StandardCharsets.UTF_8));
    }

    /** With this content type. */
    public Answer withContentType(String type) {
        return new Answer(status, type, headers, parts, streams, errorEvent);
    }

    /** With further headers, from names and values in turn. */
    public Answer withHeaders(String... namesAndValues) {
        List<Map.Entry<String, String>> all = new ArrayList<>(headers);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            all.add(Map.entry(namesAndValues[i], namesAndValues[i + 1]));
        }
        return new Answer(status, contentType, List.copyOf(all), parts, streams, errorEvent);
    }
}
