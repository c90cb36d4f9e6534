package io.tollgate.routing.complexity;

import io.tollgate.routing.complexity.text.Traits;
import java.util.List;

/** Judges by what a question asks for and contains, after lists anyone can read. Immutable; any thread. */
public final class RulesClassifier implements ComplexityClassifier {
    private static final ThreadLocal<Traits> TRAITS = ThreadLocal.withInitial(Traits::new);

    @Override
    public Complexity classify(Question question) {
        Traits traits = TRAITS.get();
        traits.read(question.text());
        List<String> reasons = RuleScore.reasons();
        return Complexity.of(RuleScore.of(question, traits, reasons), reasons);
    }
}
