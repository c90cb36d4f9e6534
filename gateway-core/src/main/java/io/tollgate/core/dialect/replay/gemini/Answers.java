package io.tollgate.core.dialect.replay.gemini;

import io.tollgate.core.dialect.replay.form.Out;
import java.util.function.Consumer;

/** Writes the answers of a stream: events with Google's line ends, or an array. */
final class Answers {
    private final Out out;
    private final boolean array;
    private boolean begun;

    Answers(Out out, boolean array) {
        this.out = out;
        this.array = array;
    }

    /** One answer; {@code members} writes what is between its braces. */
    void add(Consumer<Out> members) {
        out.raw(array ? begun ? ",\r\n" : "[" : "data: ").raw("{");
        members.accept(out);
        out.raw(array ? "}" : "}\r\n\r\n");
        begun = true;
    }

    void end() {
        if (array) {
            out.raw("]");
        }
    }
}
