package io.tollgate.core.dialect.replay.gemini;

import io.tollgate.core.dialect.replay.form.Fields;
import io.tollgate.core.dialect.replay.form.Out;
import io.tollgate.core.dialect.replay.form.UnconvertibleException;
import io.tollgate.core.dialect.replay.form.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Puts the answers of a stream together: candidate by candidate, and beside them what was told last. */
final class AnswerCollector {
    private final Map<String, Value> beside = new LinkedHashMap<>();
    private final Map<Integer, Candidate> candidates = new TreeMap<>();

    void write(List<Value> answers, Out out) {
        for (Value answer : answers) {
            answer(answer.fields());
        }
        Fields told = new Fields(beside);
        told.need("usageMetadata").fields();
        if (candidates.isEmpty()) {
            told.need("promptFeedback");
        }
        out.raw("{");
        if (!candidates.isEmpty()) {
            out.name("candidates").raw("[");
            candidates.values().forEach(candidate -> candidate.write(out.item()));
            out.raw("]");
        }
        beside.forEach(out::member);
        out.raw("}");
    }

    private void answer(Fields answer) {
        answer.refuse("error");
        Value id = beside.get("responseId");
        answer.members().forEach((name, value) -> {
            if (!name.equals("candidates") && !value.isNull()) {
                beside.put(name, value);
            }
        });
        Value now = beside.get("responseId");
        if (id != null && now != null && !id.same(now)) {
            throw new UnconvertibleException("answers of two responses");
        }
        for (Value each : answer.list("candidates")) {
            Fields candidate = each.fields();
            candidates
                    .computeIfAbsent(candidate.number("index"), index -> new Candidate())
                    .add(candidate);
        }
    }
}
