package io.tollgate.core.dialect.replay.openai;

import io.tollgate.core.dialect.replay.form.Fields;
import io.tollgate.core.dialect.replay.form.Out;
import io.tollgate.core.dialect.replay.form.Pieces;
import io.tollgate.core.dialect.replay.form.UnconvertibleException;
import io.tollgate.core.dialect.replay.form.Value;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells one output item in events. Items whose text is told nowhere but in the item are announced and done. */
final class ItemWriter {
    /** The stages of a hosted tool's call, between its item's two events. */
    private static final Map<String, List<String>> STAGES = Map.of(
            "web_search_call", List.of("in_progress", "searching", "completed"),
            "file_search_call", List.of("in_progress", "searching", "completed"));

    private final ResponseEvents events;
    private final int index;
    private final Value whole;
    private final Fields item;
    private final String type;

    ItemWriter(ResponseEvents events, int index, Value whole) {
        this.events = events;
        this.index = index;
        this.whole = whole;
        this.item = whole.fields();
        this.type = item.need("type").text();
    }

    void write() {
        events.add("response.output_item.added", this::begun);
        switch (type) {
            case "message" -> parts(false);
            case "reasoning" -> {
                summaries();
                parts(true);
            }
            case "function_call" -> streamed("function_call_arguments", "arguments");
            case "custom_tool_call" -> streamed("custom_tool_call_input", "input");
            default -> stages();
        }
        events.add("response.output_item.done", out -> {
            at(out, false);
            out.member("item", whole);
        });
    }

    /** The item as it is announced: what comes in pieces is empty yet. */
    private void begun(Out out) {
        at(out, false);
        out.name("item").raw("{");
        item.members().forEach((name, value) -> {
            String instead = empty(name, value);
            if (instead == null) {
                out.member(name, value);
            } else {
                out.name(name).raw(instead);
            }
        });
        out.raw("}");
    }

    private @Nullable String empty(String name, Value value) {
        boolean isText = type.equals("message") || type.equals("reasoning");
        return switch (name) {
            case "status" -> value.isNull() ? null : "\"in_progress\"";
            case "content", "summary" -> isText && value.isArray() ? "[]" : null;
            case "arguments" -> type.equals("function_call") ? "\"\"" : null;
            case "input" -> type.equals("custom_tool_call") ? "\"\"" : null;
            default -> null;
        };
    }

    private void at(Out out, boolean inside) {
        if (inside) {
            out.member("item_id", item.need("id"));
        }
        out.member("output_index", index);
    }

    private void stages() {
        for (String stage : STAGES.getOrDefault(type, List.of())) {
            events.add("response." + type + "." + stage, out -> at(out, true));
        }
    }

    private void streamed(String kind, String member) {
        Value text = item.need(member);
        for (Value piece : Pieces.of(text)) {
            events.add("response." + kind + ".delta", out -> {
                at(out, true);
                out.name("delta").string(piece);
            });
        }
        events.add("response." + kind + ".done", out -> {
            at(out, true);
            if (type.equals("function_call")) {
                out.member("name", item.need("name"));
            }
            out.member(member, text);
        });
    }

    private void summaries() {
        List<Value> summaries = item.list("summary");
        for (int i = 0; i < summaries.size(); i++) {
            Fields summary = summaries.get(i).fields();
            if (!summary.is("type", "summary_text")) {
                throw new UnconvertibleException("a kind of summary that no stream is known to tell");
            }
            Part part = new Part(i, summaries.get(i), summary, "summary_index");
            part.write("reasoning_summary_part", "reasoning_summary_text", "text");
        }
    }

    private void parts(boolean reasoning) {
        List<Value> parts = item.list("content");
        for (int i = 0; i < parts.size(); i++) {
            Fields fields = parts.get(i).fields();
            String kind = fields.need("type").text();
            String text = kind.equals("refusal") ? "refusal" : "text";
            boolean known =
                    reasoning ? kind.equals("reasoning_text") : kind.equals("output_text") || kind.equals("refusal");
            if (!known) {
                throw new UnconvertibleException("a kind of content that no stream is known to tell: " + kind);
            }
            new Part(i, parts.get(i), fields, "content_index").write("content_part", kind, text);
        }
    }

    /** A text within the item. */
    private final class Part {
        private final int position;
        private final Value part;
        private final Fields fields;
        private final String indexName;

        Part(int position, Value part, Fields fields, String indexName) {
            this.position = position;
            this.part = part;
            this.fields = fields;
            this.indexName = indexName;
        }

        private void add(String event, Chunks.Part members) {
            events.add("response." + event, out -> {
                at(out, true);
                out.member(indexName, position);
                members.to(out);
            });
        }

        void write(String container, String kind, String text) {
            boolean output = kind.equals("output_text");
            List<Value> logprobs = output ? fields.list("logprobs") : List.of();
            add(container + ".added", out -> begun(text, out));
            for (Value piece : logprobs.isEmpty() ? Pieces.of(fields.need(text)) : whole(text)) {
                add(kind + ".delta", out -> {
                    out.name("delta").string(piece);
                    probabilities(output, out);
                });
            }
            List<Value> annotations = output ? fields.list("annotations") : List.of();
            for (int i = 0; i < annotations.size(); i++) {
                int number = i;
                add(
                        "output_text.annotation.added",
                        out -> out.member("annotation_index", number).member("annotation", annotations.get(number)));
            }
            add(kind + ".done", out -> {
                out.member(text, fields.need(text));
                probabilities(output, out);
            });
            add(container + ".done", out -> out.member("part", part));
        }

        /** Where tokens come with their probabilities, they come in one piece. */
        private List<Value> whole(String text) {
            return List.of(fields.need(text).body());
        }

        private void probabilities(boolean output, Out out) {
            Value logprobs = fields.get("logprobs");
            if (output && logprobs != null) {
                out.member("logprobs", logprobs);
            } else if (output) {
                out.name("logprobs").raw("[]");
            }
        }

        private void begun(String text, Out out) {
            out.name("part").raw("{");
            fields.members().forEach((name, value) -> {
                if (name.equals(text)) {
                    out.name(name).raw("\"\"");
                } else if (value.isArray()) {
                    out.name(name).raw("[]");
                } else {
                    out.member(name, value);
                }
            });
            out.raw("}");
        }
    }
}
