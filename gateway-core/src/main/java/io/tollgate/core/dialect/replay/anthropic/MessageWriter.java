package io.tollgate.core.dialect.replay.anthropic;

import io.tollgate.core.dialect.replay.form.Fields;
import io.tollgate.core.dialect.replay.form.Out;
import io.tollgate.core.dialect.replay.form.UnconvertibleException;
import io.tollgate.core.dialect.replay.form.Value;
import java.util.List;
import java.util.Set;

/** Tells one message in events. */
final class MessageWriter {
    private static final Set<String> LATER = Set.of("stop_details", "container", MessageForms.CONTEXT);
    private static final Set<String> KNOWN_LATER = Set.of("output_tokens_details", "server_tool_use", "iterations");

    private final Fields message;
    private final Out out;

    MessageWriter(Fields message, Out out) {
        this.message = message;
        this.out = out;
    }

    void write() {
        message.need("id");
        message.need("stop_reason").body();
        message.object("usage").need("output_tokens").number();
        if (!message.is("type", "message")) {
            throw new UnconvertibleException("expected a message");
        }
        List<Value> content = message.need("content").elements();
        start();
        for (int i = 0; i < content.size(); i++) {
            new BlockWriter(out, i, content.get(i).fields()).write();
        }
        end();
    }

    private void start() {
        out.raw("event: message_start\ndata: {").member("type", "message_start");
        out.name("message").raw("{");
        message.members().forEach((name, value) -> {
            switch (name) {
                case "content" -> out.name(name).raw("[]");
                case "stop_reason", "stop_sequence" -> out.name(name).raw("null");
                case "usage" -> {
                    out.name(name).raw("{");
                    usageAtStart(value.fields());
                    out.raw("}");
                }
                default -> {
                    if (!LATER.contains(name)) {
                        out.member(name, value);
                    }
                }
            }
        });
        out.raw("}}\n\n");
    }

    /** Nothing of the output is written yet; whoever adds up what both events tell must not count it twice. */
    private void usageAtStart(Fields usage) {
        usage.members().forEach((name, value) -> {
            if (name.equals("output_tokens")) {
                out.member(name, 0);
            } else if (!KNOWN_LATER.contains(name)) {
                out.member(name, value);
            }
        });
    }

    private void end() {
        out.raw("event: message_delta\ndata: {").member("type", "message_delta");
        out.name("delta").raw("{");
        message.writeOnly(MessageForms.AT_END, out);
        out.raw("}").name("usage").raw("{");
        message.object("usage").writeOnly(MessageForms.USAGE_AT_END, out);
        out.raw("}");
        message.writeOnly(List.of(MessageForms.CONTEXT), out);
        out.raw("}\n\nevent: message_stop\ndata: {\"type\":\"message_stop\"}\n\n");
    }
}
