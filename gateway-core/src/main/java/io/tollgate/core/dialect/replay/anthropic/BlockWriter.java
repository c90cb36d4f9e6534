package io.tollgate.core.dialect.replay.anthropic;

import io.tollgate.core.dialect.replay.form.Fields;
import io.tollgate.core.dialect.replay.form.Out;
import io.tollgate.core.dialect.replay.form.Pieces;
import io.tollgate.core.dialect.replay.form.UnconvertibleException;
import io.tollgate.core.dialect.replay.form.Value;
import io.tollgate.core.text.JsonString;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Tells one content block: its start, its deltas, its end. */
final class BlockWriter {
    private static final String WHOLE_RESULT = "_tool_result";

    private final Out out;
    private final int index;
    private final Fields block;

    BlockWriter(Out out, int index, Fields block) {
        this.out = out;
        this.index = index;
        this.block = block;
    }

    void write() {
        String type = block.need("type").text();
        switch (type) {
            case "text" -> text();
            case "thinking" -> thinking();
            case "tool_use", "server_tool_use", "mcp_tool_use" -> tool();
            default -> {
                if (!type.equals("redacted_thinking")
                        && !type.equals("container_upload")
                        && !type.endsWith(WHOLE_RESULT)) {
                    throw new UnconvertibleException("a kind of block that no stream is known to tell: " + type);
                }
                start(Map.of());
            }
        }
        event("content_block_stop");
        out.raw("}\n\n");
    }

    private void text() {
        List<Value> citations = block.list("citations");
        start(citations.isEmpty() ? Map.of("text", "\"\"") : Map.of("text", "\"\"", "citations", "[]"));
        for (Value citation : citations) {
            begin("citations_delta");
            out.member("citation", citation).raw("}}\n\n");
        }
        pieces("text_delta", "text", block.need("text"));
    }

    private void thinking() {
        start(Map.of("thinking", "\"\"", "signature", "\"\""));
        pieces("thinking_delta", "thinking", block.need("thinking"));
        Value signature = block.get("signature");
        if (signature != null) {
            begin("signature_delta");
            out.name("signature").string(signature.body()).raw("}}\n\n");
        }
    }

    private void tool() {
        Value input = block.need("input");
        start(Map.of("input", "{}"));
        Value compact = new Out(input.to() - input.from()).value(input).since(0);
        String json =
                new String(compact.array(), compact.from(), compact.to() - compact.from(), StandardCharsets.UTF_8);
        pieces("input_json_delta", "partial_json", Value.of(JsonString.quote(json)));
    }

    private void start(Map<String, String> empty) {
        event("content_block_start");
        out.name("content_block").raw("{");
        block.members().forEach((name, value) -> {
            String instead = empty.get(name);
            if (instead == null || value.isNull()) {
                out.member(name, value);
            } else {
                out.name(name).raw(instead);
            }
        });
        out.raw("}}\n\n");
    }

    private void pieces(String delta, String name, Value text) {
        for (Value piece : Pieces.of(text)) {
            begin(delta);
            out.name(name).string(piece).raw("}}\n\n");
        }
    }

    private void begin(String delta) {
        event("content_block_delta");
        out.name("delta").raw("{").member("type", delta);
    }

    private void event(String type) {
        out.raw("event: ").raw(type).raw("\ndata: {").member("type", type).member("index", index);
    }
}
