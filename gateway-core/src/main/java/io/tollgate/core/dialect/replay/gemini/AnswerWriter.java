package io.tollgate.core.dialect.replay.gemini;

import io.tollgate.core.dialect.replay.form.Fields;
import io.tollgate.core.dialect.replay.form.Out;
import io.tollgate.core.dialect.replay.form.Pieces;
import io.tollgate.core.dialect.replay.form.UnconvertibleException;
import io.tollgate.core.dialect.replay.form.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells one answer in several: text in pieces, every other part whole. A text with a member of its own, such as a thought's
 * signature, is left whole, as Google asks for. The last answer tells how it ended and what it used.
 */
final class AnswerWriter {
    /** What all answers of a stream repeat. */
    private static final List<String> COMMON = List.of("modelVersion", "responseId", "createTime");

    private static final Set<String> PLAIN_TEXT = Set.of("text", "thought");
    private static final int MOST_COMMON = 4096;

    private final Fields answer;
    private final Answers answers;

    AnswerWriter(Fields answer, Answers answers) {
        this.answer = answer;
        this.answers = answers;
        Out head = new Out(MOST_COMMON).raw("{");
        answer.writeOnly(COMMON, head);
        head.raw("}");
        if (head.size() > MOST_COMMON) {
            throw new UnconvertibleException("ids this long would make a stream of them");
        }
    }

    void write() {
        answer.refuse("error");
        answer.need("usageMetadata").fields();
        List<Value> candidates = answer.list("candidates");
        if (candidates.isEmpty()) {
            answer.need("promptFeedback");
            answers.add(out -> answer.writeExcept(Set.of(), out));
        }
        for (int i = 0; i < candidates.size(); i++) {
            candidate(candidates.get(i).fields(), i == candidates.size() - 1);
        }
        answers.end();
    }

    private void candidate(Fields candidate, boolean last) {
        candidate.need("finishReason");
        List<Consumer<Out>> parts = new ArrayList<>();
        Value content = candidate.get("content");
        Fields told = content == null ? new Fields(Map.of()) : content.fields();
        for (Value part : told.list("parts")) {
            parts(part, parts);
        }
        for (int i = 0; i < parts.size() - 1; i++) {
            Consumer<Out> part = parts.get(i);
            answers.add(out -> {
                answer.writeOnly(COMMON, out);
                out.name("candidates").raw("[{");
                content(told, part, out);
                candidate.writeOnly(List.of("index"), out);
                out.raw("}]");
            });
        }
        answers.add(out -> {
            out.name("candidates").raw("[{");
            if (content != null) {
                content(told, parts.isEmpty() ? null : parts.getLast(), out);
            }
            candidate.writeExcept(Set.of("content"), out);
            out.raw("}]");
            if (last) {
                answer.writeExcept(Set.of("candidates"), out);
            } else {
                answer.writeOnly(COMMON, out);
            }
        });
    }

    private static void parts(Value part, List<Consumer<Out>> parts) {
        Fields fields = part.fields();
        Value text = fields.get("text");
        if (text != null && PLAIN_TEXT.containsAll(fields.members().keySet()) && !text.is("")) {
            for (Value piece : Pieces.of(text)) {
                parts.add(out -> {
                    out.name("text").string(piece);
                    fields.writeExcept(Set.of("text"), out);
                });
            }
        } else {
            parts.add(out -> fields.writeExcept(Set.of(), out));
        }
    }

    private static void content(Fields content, @Nullable Consumer<Out> part, Out out) {
        out.name("content").raw("{");
        content.members().forEach((name, value) -> {
            if (name.equals("parts") && part != null) {
                out.name(name).raw("[{");
                part.accept(out);
                out.raw("}]");
            } else {
                out.member(name, value);
            }
        });
        out.raw("}");
    }
}
