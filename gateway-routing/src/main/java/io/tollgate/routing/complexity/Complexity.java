package io.tollgate.routing.complexity;

import java.util.List;

/**
 * How hard a question is.
 *
 * @param score in [0,1], higher is harder: the more a strong model is expected to gain over a weak one
 * @param verdict what rules match on
 * @param reasons why, in words, the weightiest first
 */
public record Complexity(double score, Verdict verdict, List<String> reasons) {
    /** From this score on a question is complex. */
    public static final double COMPLEX_FROM = 0.5;

    /** The two kinds of questions rules tell apart. */
    public enum Verdict {
        /** A cheap model will do. */
        SIMPLE,
        /** Worth a strong model. */
        COMPLEX;

        /** As it is written in configurations and answers. */
        public String wireName() {
            return this == SIMPLE ? "simple" : "complex";
        }
    }

    /** Of this score, with the verdict that follows from it. */
    public static Complexity of(double score, List<String> reasons) {
        return new Complexity(score, score >= COMPLEX_FROM ? Verdict.COMPLEX : Verdict.SIMPLE, reasons);
    }
}
