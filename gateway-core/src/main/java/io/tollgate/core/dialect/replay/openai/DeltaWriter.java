package io.tollgate.core.dialect.replay.openai;

import io.tollgate.core.dialect.replay.form.Fields;
import io.tollgate.core.dialect.replay.form.Out;
import io.tollgate.core.dialect.replay.form.Pieces;
import io.tollgate.core.dialect.replay.form.UnconvertibleException;
import io.tollgate.core.dialect.replay.form.Value;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells a message in deltas: first its role and what comes whole, then reasoning, text and refusal in pieces, then the tool
 * calls. Token probabilities belong to the tokens of one delta: where there are any, text comes in one piece with them.
 */
final class DeltaWriter {
    private static final List<String> TEXTS = List.of("reasoning_content", "reasoning", "content", "refusal");
    private static final Set<String> OF_CALL = Set.of("index", "function");

    private final Chunks chunks;
    private final int index;
    private final Fields choice;
    private final Fields message;
    private @Nullable Value logprobs;

    DeltaWriter(Chunks chunks, int index, Fields choice) {
        this.chunks = chunks;
        this.index = index;
        this.choice = choice;
        this.message = choice.object("message");
        this.logprobs = choice.get("logprobs");
        message.refuse("audio");
    }

    void write() {
        delta(null, this::first);
        for (String text : TEXTS) {
            Value told = message.get(text);
            if (told == null) {
                continue;
            }
            boolean probable = logprobs != null && (text.equals("content") || text.equals("refusal"));
            if (probable) {
                delta(logprobs, out -> out.name(text).string(told.body()));
                logprobs = null;
            } else {
                for (Value piece : Pieces.of(told)) {
                    delta(null, out -> out.name(text).string(piece));
                }
            }
        }
        List<Value> calls = message.list("tool_calls");
        for (int i = 0; i < calls.size(); i++) {
            call(i, calls.get(i).fields());
        }
        if (logprobs != null) {
            delta(logprobs, out -> {});
        }
    }

    private void delta(@Nullable Value probabilities, Chunks.Part members) {
        chunks.choice(index, out -> {
            out.name("delta").raw("{");
            members.to(out);
            out.raw("}");
            ChunkWriter.logprobs(choice, probabilities, out);
            out.name("finish_reason").raw("null");
        });
    }

    private void first(Out out) {
        for (Map.Entry<String, Value> member : message.members().entrySet()) {
            String name = member.getKey();
            Value value = member.getValue();
            if (TEXTS.contains(name) && !value.isNull()) {
                value.body();
                if (name.equals("content") || value.is("")) {
                    out.name(name).raw("\"\"");
                }
            } else if (!name.equals("tool_calls") || value.isBlank()) {
                out.member(name, value);
            }
        }
    }

    private void call(int position, Fields call) {
        if (call.number("index") != position && call.get("index") != null) {
            throw new UnconvertibleException("tool calls out of order");
        }
        if (!call.is("type", "function") && call.get("type") != null) {
            throw new UnconvertibleException("a kind of tool call that no stream is known to tell");
        }
        Fields function = call.object("function");
        Value arguments = function.get("arguments");
        delta(null, out -> {
            begin(position, out);
            call.writeExcept(OF_CALL, out);
            out.name("function").raw("{");
            function.members().forEach((name, value) -> {
                if (arguments != null && name.equals("arguments")) {
                    out.name(name).raw("\"\"");
                } else {
                    out.member(name, value);
                }
            });
            out.raw("}}]");
        });
        for (Value piece : arguments == null ? List.<Value>of() : Pieces.of(arguments)) {
            delta(null, out -> {
                begin(position, out);
                out.name("function").raw("{").name("arguments").string(piece).raw("}}]");
            });
        }
    }

    private static void begin(int position, Out out) {
        out.name("tool_calls").raw("[{").member("index", position);
    }
}
