package io.tollgate.core.dialect.replay.openai;

import io.tollgate.core.dialect.replay.form.Events;
import io.tollgate.core.dialect.replay.form.Fields;
import io.tollgate.core.dialect.replay.form.Growing;
import io.tollgate.core.dialect.replay.form.GrowthRules;
import io.tollgate.core.dialect.replay.form.Out;
import io.tollgate.core.dialect.replay.form.UnconvertibleException;
import io.tollgate.core.dialect.replay.form.Value;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Puts the chunks of a whole stream together. Of what stands beside the choices the last chunk to tell it is right, as in
 * OpenAI's own SDKs; padding is left out.
 */
final class ChunkCollector {
    private static final GrowthRules RULES = new GrowthRules(
            Set.of("content", "refusal", "reasoning_content", "reasoning", "arguments", "text", "summary"),
            Set.of("content", "refusal", "annotations", "tokens", "token_logprobs", "top_logprobs", "text_offset"),
            Set.of("tool_calls", "reasoning_details"),
            Set.of("tool_calls"));
    private static final Set<String> PADDING = Set.of("obfuscation", "p");

    private static final class Choice {
        private final Growing told = new Growing("choice", RULES);
        private final Growing message = new Growing("message", RULES);
        private @Nullable Value finish;
    }

    private final ChunkForms form;
    private final Map<String, Value> beside = new LinkedHashMap<>();
    private final Map<Integer, Choice> choices = new TreeMap<>();

    ChunkCollector(ChunkForms form) {
        this.form = form;
    }

    void write(byte[] stream, Out out) {
        for (Value chunk : Events.sse(stream)) {
            chunk(chunk.fields());
        }
        Fields answer = new Fields(beside);
        if (!answer.is("object", form.chunkObject()) || choices.isEmpty()) {
            throw new UnconvertibleException("expected chunks of " + form.chunkObject());
        }
        out.raw("{").member("id", answer.need("id")).member("object", form.plainObject());
        answer.need("created");
        answer.need("model");
        answer.writeExcept(Set.of("id", "object", "usage", "choices"), out);
        out.name("choices").raw("[");
        int expected = 0;
        for (Map.Entry<Integer, Choice> choice : choices.entrySet()) {
            if (choice.getKey() != expected++) {
                throw new UnconvertibleException("a choice is missing");
            }
            choice(choice.getKey(), choice.getValue(), out);
        }
        out.raw("]").member("usage", usage(answer)).raw("}");
    }

    private void chunk(Fields chunk) {
        chunk.refuse("error");
        chunk.members().forEach((name, value) -> {
            Value known = beside.get(name);
            boolean first = known == null || known.isBlank();
            if (name.equals("created") ? first : first || !value.isBlank()) {
                beside.put(name, value);
            }
        });
        PADDING.forEach(beside::remove);
        for (Value each : chunk.list("choices")) {
            Fields told = each.fields();
            Choice choice = choices.computeIfAbsent(told.number("index"), index -> new Choice());
            told.members().forEach((name, value) -> member(choice, name, value));
        }
    }

    private void member(Choice choice, String name, Value value) {
        switch (name) {
            case "index" -> {}
            case "finish_reason" -> {
                if (!value.isBlank()) {
                    if (choice.finish != null && !choice.finish.same(value)) {
                        throw new UnconvertibleException("two finish reasons");
                    }
                    value.body();
                    choice.finish = value;
                }
            }
            case "delta" -> {
                if (form != ChunkForms.CHAT) {
                    throw new UnconvertibleException("a delta outside of a chat");
                }
                if (!value.isNull()) {
                    value.fields().members().forEach(choice.message::add);
                }
            }
            case "message" -> throw new UnconvertibleException("a whole message in a chunk");
            default -> {
                if (name.equals("text") && form == ChunkForms.CHAT) {
                    throw new UnconvertibleException("text beside the delta");
                }
                choice.told.add(name, value);
            }
        }
    }

    private void choice(int index, Choice choice, Out out) {
        if (choice.finish == null) {
            throw new UnconvertibleException("a choice without an end");
        }
        out.item().raw("{").member("index", index);
        if (form == ChunkForms.CHAT) {
            message(choice.message, out);
        } else if (choice.told.get("text") == null) {
            throw new UnconvertibleException("no text");
        }
        choice.told.writeMembers(Set.of(), out);
        out.member("finish_reason", choice.finish).raw("}");
    }

    private static void message(Growing message, Out out) {
        out.name("message").raw("{");
        Value content = message.lastOf("content");
        if (message.get("audio") != null || (content != null && !content.isNull() && !content.isString())) {
            throw new UnconvertibleException("a message of more than text");
        }
        if (message.get("role") == null) {
            out.member("role", "assistant");
        }
        if (message.get("content") == null) {
            out.name("content").raw("null");
        }
        message.writeMembers(Set.of(), out);
        out.raw("}");
    }

    /** Groq tells it in a member of its own in streams only. */
    private static Value usage(Fields answer) {
        Value usage = answer.get("usage");
        Value groq = answer.get("x_groq");
        return usage == null && groq != null ? groq.fields().need("usage") : answer.need("usage");
    }
}
