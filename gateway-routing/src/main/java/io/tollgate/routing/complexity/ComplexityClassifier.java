package io.tollgate.routing.complexity;

/** Judges how hard a question is. Implementations are immutable; any thread. */
public interface ComplexityClassifier {
    /** How hard it is. Never blocks, and its time is bounded however long the question is. */
    Complexity classify(Question question);
}
