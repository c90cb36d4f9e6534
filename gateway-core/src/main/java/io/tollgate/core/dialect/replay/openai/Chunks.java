package io.tollgate.core.dialect.replay.openai;

import io.tollgate.core.dialect.replay.form.Fields;
import io.tollgate.core.dialect.replay.form.Out;
import io.tollgate.core.dialect.replay.form.StreamForm;
import io.tollgate.core.dialect.replay.form.UnconvertibleException;
import io.tollgate.core.dialect.replay.form.Value;
import java.util.List;

/** Writes chunks, one event each, with what all chunks of a stream have in common. */
final class Chunks {
    /** Members of an answer that every chunk repeats, beside its id. */
    static final List<String> COMMON = List.of("created", "model", "service_tier", "system_fingerprint", "provider");

    private static final int MOST_COMMON = 4096;

    private final Out out;
    private final Value common;
    private final boolean usageTold;

    Chunks(ChunkForms form, Fields plain, StreamForm streamForm, Out out) {
        this.out = out;
        this.usageTold = streamForm == StreamForm.EVENTS_WITH_USAGE;
        Out head = new Out(MOST_COMMON).raw("{").member("id", plain.need("id")).member("object", form.chunkObject());
        plain.writeOnly(COMMON, head);
        head.raw("}");
        if (head.size() > MOST_COMMON) {
            throw new UnconvertibleException("ids this long would make a stream of them");
        }
        common = head.since(0);
    }

    /** A chunk of one choice: the members of the choice that {@code delta} writes, and of the chunk. */
    void choice(int index, Part delta, Part chunk) {
        begin();
        out.name("choices").raw("[{").member("index", index);
        delta.to(out);
        out.raw("}]");
        chunk.to(out);
        if (usageTold) {
            out.name("usage").raw("null");
        }
        out.raw("}\n\n");
    }

    void choice(int index, Part delta) {
        choice(index, delta, nothing -> {});
    }

    /** The last chunk, where the usage was asked for, and the mark behind all chunks. */
    void end(Fields plain) {
        if (usageTold) {
            begin();
            out.name("choices").raw("[]").member("usage", plain.need("usage")).raw("}\n\n");
        }
        out.raw("data: [DONE]\n\n");
    }

    private void begin() {
        out.raw("data: {").body(new Value(common.array(), common.from() + 1, common.to() - 1));
    }

    @FunctionalInterface
    interface Part {
        void to(Out out);
    }
}
