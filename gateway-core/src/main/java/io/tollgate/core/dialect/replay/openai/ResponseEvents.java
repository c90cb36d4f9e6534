package io.tollgate.core.dialect.replay.openai;

import io.tollgate.core.dialect.replay.form.Out;

/** Writes the events of a streamed response: name, data, and in the data the type and a number that counts up. */
final class ResponseEvents {
    private final Out out;
    private int sequence;

    ResponseEvents(Out out) {
        this.out = out;
    }

    /** One event, e.g. {@code response.created}; {@code members} are those behind type and number. */
    void add(String type, Chunks.Part members) {
        out.raw("event: ").raw(type).raw("\ndata: {").member("type", type).member("sequence_number", sequence++);
        members.to(out);
        out.raw("}\n\n");
    }
}
