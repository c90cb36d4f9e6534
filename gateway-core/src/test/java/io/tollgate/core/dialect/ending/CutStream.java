package io.tollgate.core.dialect.ending;

import io.tollgate.core.dialect.Dialect;
import io.tollgate.core.dialect.Endpoint;
import io.tollgate.core.dialect.Operation;
import io.tollgate.core.dialect.RequestFacts;
import io.tollgate.core.dialect.StreamEnding;
import io.tollgate.core.http.RequestBody;
import io.tollgate.core.usage.Usage;
import io.tollgate.core.usage.UsageReport;
import io.tollgate.core.usage.UsageSource;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A stream of which the caller got the first events and then its dialect's ending. */
final class CutStream {
    static final UsageReport USED = new UsageReport(
            new Usage(100, 20, 3, 4, 50, 7, 0, 0, 0, 0), UsageSource.PARTIAL, null, null, null, -1, List.of());

    private CutStream() {}

    /** All that the caller sees when it is cut after {@code count} events. */
    static String cut(
            Dialect dialect,
            boolean streams,
            String request,
            @Nullable String contentType,
            List<String> events,
            int count) {
        return cut(dialect, streams, request, contentType, events, count, StreamEnding.Finish.LENGTH);
    }

    /** The same, for this reason. */
    static String cut(
            Dialect dialect,
            boolean streams,
            String request,
            @Nullable String contentType,
            List<String> events,
            int count,
            StreamEnding.Finish finish) {
        Endpoint endpoint =
                new Endpoint(dialect, Operation.GENERATE, null, "/path", streams ? "model-1" : null, streams);
        RequestFacts facts = dialect.read(endpoint, RequestBody.of(request.getBytes(StandardCharsets.UTF_8)));
        StreamEnding ending = dialect.streamEnding(endpoint, facts, contentType);
        if (ending == null) {
            throw new AssertionError(dialect.name() + " cannot end a stream");
        }
        StringBuilder seen = new StringBuilder();
        for (String event : events.subList(0, count)) {
            byte[] bytes = ("xx" + event).getBytes(StandardCharsets.UTF_8);
            ending.event(bytes, 2, bytes.length - 2);
            seen.append(event);
        }
        return seen.append(new String(ending.end(USED, finish), StandardCharsets.UTF_8))
                .toString();
    }

    /** The data of each event; comments and blank lines have none. */
    static List<String> data(String stream) {
        List<String> data = new ArrayList<>();
        for (String event : stream.replace("\r\n", "\n").split("\n\n")) {
            for (String line : event.split("\n")) {
                if (line.startsWith("data: ")) {
                    data.add(line.substring(6));
                }
            }
        }
        return data;
    }

    /** Events of a stream written one below the other. */
    static List<String> events(String stream) {
        List<String> events = new ArrayList<>();
        for (String event : stream.split("\n\n")) {
            events.add(event.strip() + "\n\n");
        }
        return events;
    }

    static int count(String text, String what) {
        return text.split(java.util.regex.Pattern.quote(what), -1).length - 1;
    }
}
