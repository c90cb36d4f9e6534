package io.tollgate.core.dialect.replay.gemini;

import io.tollgate.core.dialect.replay.form.Fields;
import io.tollgate.core.dialect.replay.form.Growing;
import io.tollgate.core.dialect.replay.form.GrowthRules;
import io.tollgate.core.dialect.replay.form.Out;
import io.tollgate.core.dialect.replay.form.UnconvertibleException;
import io.tollgate.core.dialect.replay.form.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One candidate being told. Texts that follow each other become one, but none with a member of its own, such as a thought's
 * signature: Google asks for those to be kept as they came.
 */
final class Candidate {
    private static final Set<String> TOLD_ANEW =
            Set.of("finishReason", "finishMessage", "safetyRatings", "avgLogprobs");
    private static final Set<String> PLAIN_TEXT = Set.of("text", "thought");
    private static final GrowthRules UNITED = new GrowthRules(Set.of(), Set.of(), Set.of(), Set.of());

    /** Parts of one kind: one part as it came, or the pieces of one text. */
    private record Run(Fields first, List<Value> pieces) {}

    private final Map<String, Value> anew = new LinkedHashMap<>();
    private final Growing united = new Growing("candidate", UNITED);
    private final Growing content = new Growing("content", UNITED);
    private final List<Run> runs = new ArrayList<>();
    private boolean hasContent;
    private @Nullable Value noParts;

    void add(Fields candidate) {
        candidate.members().forEach((name, value) -> {
            if (name.equals("content")) {
                content(value);
            } else if (!TOLD_ANEW.contains(name)) {
                united.add(name, value);
            } else if (!value.isNull()) {
                anew.put(name, value);
            }
        });
    }

    private void content(Value told) {
        if (told.isNull()) {
            return;
        }
        hasContent = true;
        told.fields().members().forEach((name, value) -> {
            if (!name.equals("parts")) {
                content.add(name, value);
            } else if (value.isBlank()) {
                noParts = value;
            } else {
                value.elements().forEach(part -> part(part.fields()));
            }
        });
    }

    private void part(Fields part) {
        Value call = part.get("functionCall");
        if (call != null) {
            call.fields().refuse("partialArgs", "willContinue");
        }
        Value text = part.get("text");
        boolean plain = text != null && PLAIN_TEXT.containsAll(part.members().keySet());
        Run last = runs.isEmpty() ? null : runs.getLast();
        if (text == null || !plain) {
            runs.add(new Run(part, List.of()));
        } else if (last != null && !last.pieces().isEmpty() && isThought(last.first()) == isThought(part)) {
            last.pieces().add(text.body());
        } else {
            runs.add(new Run(part, new ArrayList<>(List.of(text.body()))));
        }
    }

    private static boolean isThought(Fields part) {
        Value thought = part.get("thought");
        return thought != null && thought.isTrue();
    }

    void write(Out out) {
        if (!anew.containsKey("finishReason")) {
            throw new UnconvertibleException("a candidate without an end");
        }
        out.raw("{");
        if (hasContent) {
            out.name("content").raw("{");
            parts(out);
            content.writeMembers(Set.of(), out);
            out.raw("}");
        }
        anew.forEach(out::member);
        united.writeMembers(Set.of(), out);
        out.raw("}");
    }

    private void parts(Out out) {
        if (runs.isEmpty()) {
            if (noParts != null) {
                out.member("parts", noParts);
            }
            return;
        }
        out.name("parts").raw("[");
        for (int i = 0; i < runs.size(); i++) {
            Run run = runs.get(i);
            out.item().raw("{");
            if (!run.pieces().isEmpty()) {
                out.name("text").raw("\"");
                run.pieces().forEach(out::body);
                out.raw("\"");
                run.first().writeExcept(Set.of("text"), out);
            } else {
                run.first().writeExcept(Set.of(), out);
            }
            out.raw("}");
        }
        out.raw("]");
    }
}
