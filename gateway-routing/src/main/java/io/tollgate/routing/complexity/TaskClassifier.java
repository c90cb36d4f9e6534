package io.tollgate.routing.complexity;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Takes the caller's word for it where the task is named in a header; leaves all else to another. Immutable; any thread. */
public final class TaskClassifier implements ComplexityClassifier {
    private static final double EASY = 0.1;
    private static final double HARD = 0.9;

    private static final Map<String, Double> SCORES = Map.ofEntries(
            Map.entry("classify", EASY),
            Map.entry("categorize", EASY),
            Map.entry("label", EASY),
            Map.entry("tag", EASY),
            Map.entry("extract", EASY),
            Map.entry("translate", EASY),
            Map.entry("summarize", 0.3),
            Map.entry("rewrite", 0.3),
            Map.entry("chat", 0.3),
            Map.entry("write", 0.7),
            Map.entry("generate", 0.7),
            Map.entry("compare", HARD),
            Map.entry("analyze", HARD),
            Map.entry("evaluate", HARD),
            Map.entry("plan", HARD),
            Map.entry("code", HARD),
            Map.entry("math", HARD),
            Map.entry("agent", HARD),
            Map.entry("reason", HARD));

    private final ComplexityClassifier others;

    /** Asks {@code others} where no known task is named. */
    public TaskClassifier(ComplexityClassifier others) {
        this.others = others;
    }

    @Override
    public Complexity classify(Question question) {
        if (!question.task().isEmpty()) {
            Double score = SCORES.get(question.task().strip().toLowerCase(Locale.ROOT));
            if (score != null) {
                return Complexity.of(
                        score,
                        List.of("the caller names the task: " + question.task().strip()));
            }
        }
        return others.classify(question);
    }
}
