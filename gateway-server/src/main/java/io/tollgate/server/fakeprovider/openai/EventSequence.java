package io.tollgate.server.fakeprovider.openai;

import static io.tollgate.server.fakeprovider.json.JsonText.object;

import io.tollgate.server.fakeprovider.answer.Events;
import io.tollgate.server.fakeprovider.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Named, numbered events of the Responses API, in order. One thread. */
final class EventSequence {
    private final Events events = new Events();
    private int number;

    Events events() {
        return events;
    }

    /** An event with these members. */
    void add(String type, @Nullable Object... members) {
        events.add(event(type, number++, object(members)));
    }

    /** An event at a place in the output, with one member more. */
    void addTo(String type, Map<String, @Nullable Object> place, String member, Object value) {
        events.add(event(type, number++, with(place, member, value)));
    }

    /** One event for each piece. */
    void addRun(String type, Map<String, @Nullable Object> place, String member, List<String> pieces) {
        int first = number;
        number += pieces.size();
        events.addRun(pieces.size(), i -> event(type, first + i, with(place, member, pieces.get(i))));
    }

    private static Map<String, @Nullable Object> with(
            Map<String, @Nullable Object> place, String member, Object value) {
        Map<String, @Nullable Object> members = object();
        members.putAll(place);
        members.put(member, value);
        return members;
    }

    private static byte[] event(String type, int number, Map<String, @Nullable Object> members) {
        Map<String, @Nullable Object> event = object("type", type);
        event.putAll(members);
        event.put("sequence_number", number);
        return ("event: " + type + "\ndata: " + JsonText.text(event) + "\n\n").getBytes(StandardCharsets.UTF_8);
    }
}
