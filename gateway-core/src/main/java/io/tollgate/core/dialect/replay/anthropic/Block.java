package io.tollgate.core.dialect.replay.anthropic;

import io.tollgate.core.dialect.replay.form.Fields;
import io.tollgate.core.dialect.replay.form.Out;
import io.tollgate.core.dialect.replay.form.UnconvertibleException;
import io.tollgate.core.dialect.replay.form.Value;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A content block that is being told: its start, and the deltas of each of its members. */
final class Block {
    private final Fields start;
    private final Map<String, List<Value>> texts = new LinkedHashMap<>();
    private final List<Value> citations = new ArrayList<>();
    private @Nullable Value signature;

    Block(Fields start) {
        this.start = start;
        start.need("type").body();
    }

    void add(Fields delta) {
        String type = delta.need("type").text();
        switch (type) {
            case "text_delta" -> text("text", "text", delta.need("text"));
            case "thinking_delta" -> text("thinking", "thinking", delta.need("thinking"));
            case "input_json_delta" -> {
                start.need("input");
                texts.computeIfAbsent("input", name -> new ArrayList<>())
                        .add(delta.need("partial_json").body());
            }
            case "signature_delta" -> {
                kind("thinking");
                signature = delta.need("signature");
            }
            case "citations_delta" -> {
                kind("text");
                citations.add(delta.need("citation"));
            }
            default -> throw new UnconvertibleException("a delta of unknown meaning: " + type);
        }
    }

    private void kind(String expected) {
        if (!start.is("type", expected)) {
            throw new UnconvertibleException("a delta that is not of " + expected);
        }
    }

    private void text(String kind, String member, Value piece) {
        kind(kind);
        texts.computeIfAbsent(
                        member,
                        name -> new ArrayList<>(List.of(start.need(member).body())))
                .add(piece.body());
    }

    void write(Out out) {
        out.raw("{");
        start.members().forEach((name, value) -> {
            List<Value> pieces = texts.get(name);
            if (name.equals("input") && pieces != null) {
                input(value, joined(pieces), out);
            } else if (pieces != null) {
                out.member(name, joined(pieces));
            } else if (name.equals("citations") && !citations.isEmpty()) {
                citations(value, out);
            } else if (name.equals("signature") && signature != null) {
                out.member(name, signature);
            } else {
                out.member(name, value);
            }
        });
        if (!citations.isEmpty() && !start.members().containsKey("citations")) {
            citations(null, out);
        }
        if (signature != null && !start.members().containsKey("signature")) {
            out.member("signature", signature);
        }
        out.raw("}");
    }

    private static Value joined(List<Value> pieces) {
        Out joined = new Out(256).raw("\"");
        pieces.forEach(joined::body);
        return joined.raw("\"").since(0);
    }

    /** Its text is JSON itself; without any, the input is the one that stood in the start. */
    private static void input(Value atStart, Value json, Out out) {
        String text = json.text();
        out.name("input");
        if (text.isBlank()) {
            out.value(atStart);
            return;
        }
        Value input = Value.document(text.getBytes(StandardCharsets.UTF_8));
        if (!input.isObject()) {
            throw new UnconvertibleException("a tool's input that is no object");
        }
        out.value(input);
    }

    private void citations(@Nullable Value atStart, Out out) {
        out.name("citations").raw("[");
        if (atStart != null && !atStart.isNull()) {
            atStart.elements().forEach(each -> out.item().value(each));
        }
        citations.forEach(each -> out.item().value(each));
        out.raw("]");
    }
}
