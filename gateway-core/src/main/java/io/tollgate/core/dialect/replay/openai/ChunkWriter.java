package io.tollgate.core.dialect.replay.openai;

import io.tollgate.core.dialect.replay.form.Fields;
import io.tollgate.core.dialect.replay.form.Out;
import io.tollgate.core.dialect.replay.form.Pieces;
import io.tollgate.core.dialect.replay.form.StreamForm;
import io.tollgate.core.dialect.replay.form.UnconvertibleException;
import io.tollgate.core.dialect.replay.form.Value;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells one plain answer in chunks: choice by choice its text in pieces, why each ended, the usage, {@code [DONE]}. */
final class ChunkWriter {
    private static final Set<String> OF_ANSWER = new HashSet<>(Chunks.COMMON);
    private static final Set<String> OF_CHOICE =
            Set.of("index", "message", "text", "delta", "finish_reason", "logprobs");

    static {
        OF_ANSWER.addAll(List.of("id", "object", "choices", "usage", "error", "obfuscation"));
    }

    private final ChunkForms form;
    private final Fields plain;
    private final Chunks chunks;

    ChunkWriter(ChunkForms form, Fields plain, StreamForm streamForm, Out out) {
        this.form = form;
        this.plain = plain;
        if (streamForm == StreamForm.JSON_ARRAY || !plain.is("object", form.plainObject())) {
            throw new UnconvertibleException("expected " + form.plainObject());
        }
        plain.refuse("error");
        plain.need("created");
        plain.need("model");
        this.chunks = new Chunks(form, plain, streamForm, out);
    }

    void write() {
        List<Value> choices = plain.list("choices");
        if (choices.isEmpty()) {
            throw new UnconvertibleException("no choices");
        }
        for (int i = 0; i < choices.size(); i++) {
            Fields choice = choices.get(i).fields();
            if (choice.number("index") != i) {
                throw new UnconvertibleException("choices out of order");
            }
            choice.refuse("delta");
            body(i, choice);
        }
        // only now: a reader takes the answer for whole when all choices it has seen have ended
        for (int i = 0; i < choices.size(); i++) {
            Fields choice = choices.get(i).fields();
            boolean last = i == choices.size() - 1;
            chunks.choice(i, out -> finish(choice, out), out -> {
                if (last) {
                    plain.writeExcept(OF_ANSWER, out);
                }
            });
        }
        chunks.end(plain);
    }

    private void body(int index, Fields choice) {
        Value logprobs = choice.get("logprobs");
        if (form == ChunkForms.CHAT) {
            choice.refuse("text");
            new DeltaWriter(chunks, index, choice).write();
        } else if (logprobs != null) {
            choice.refuse("message");
            chunks.choice(index, out -> text(choice, choice.need("text").body(), logprobs, out));
        } else {
            choice.refuse("message");
            for (Value piece : Pieces.of(choice.need("text"))) {
                chunks.choice(index, out -> text(choice, piece, null, out));
            }
        }
    }

    private static void text(Fields choice, Value piece, @Nullable Value logprobs, Out out) {
        out.name("text").string(piece);
        logprobs(choice, logprobs, out);
        out.name("finish_reason").raw("null");
    }

    /** In a stream as in the plain answer, which may leave the member out. */
    static void logprobs(Fields choice, @Nullable Value told, Out out) {
        if (told != null) {
            out.member("logprobs", told);
        } else if (choice.members().containsKey("logprobs")) {
            out.name("logprobs").raw("null");
        }
    }

    private void finish(Fields choice, Out out) {
        if (form == ChunkForms.CHAT) {
            out.name("delta").raw("{}");
        } else {
            out.name("text").raw("\"\"");
        }
        logprobs(choice, null, out);
        out.member("finish_reason", choice.need("finish_reason"));
        choice.writeExcept(OF_CHOICE, out);
    }
}
