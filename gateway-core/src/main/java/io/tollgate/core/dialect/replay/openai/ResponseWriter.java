package io.tollgate.core.dialect.replay.openai;

import io.tollgate.core.dialect.replay.form.Fields;
import io.tollgate.core.dialect.replay.form.Out;
import io.tollgate.core.dialect.replay.form.Value;
import java.util.List;
import java.util.Map;

/** Tells a whole response in events: created, in progress, item by item, and at the end the whole of it. */
final class ResponseWriter {
    /** What a response that is being made tells of its end. */
    private static final Map<String, String> UNFINISHED = Map.of(
            "status", "\"in_progress\"",
            "output", "[]",
            "usage", "null",
            "incomplete_details", "null",
            "completed_at", "null");

    private final ResponseEvents events;
    private final Fields response;
    private final Value whole;

    ResponseWriter(ResponseEvents events, Fields response, Value whole) {
        this.events = events;
        this.response = response;
        this.whole = whole;
    }

    void write(String status) {
        events.add("response.created", this::unfinished);
        events.add("response.in_progress", this::unfinished);
        List<Value> items = response.need("output").elements();
        for (int i = 0; i < items.size(); i++) {
            new ItemWriter(events, i, items.get(i)).write();
        }
        events.add("response." + status, out -> out.member("response", whole));
    }

    private void unfinished(Out out) {
        out.name("response").raw("{");
        response.members().forEach((name, value) -> {
            String instead = UNFINISHED.get(name);
            if (instead == null) {
                out.member(name, value);
            } else {
                out.name(name).raw(instead);
            }
        });
        out.raw("}");
    }
}
