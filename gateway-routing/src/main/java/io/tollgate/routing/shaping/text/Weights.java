package io.tollgate.routing.shaping.text;

/**
 * What each sign that a sentence holds the answer is worth: a logistic regression over 1,328 questions with 20 documents
 * each; docs/shaping.md has what it reaches on questions it was not fitted to.
 */
final class Weights {
    static final double DOCUMENT = -2.01;
    static final double DOCUMENT_TO_BEST = 2.814;
    static final double RANK = 2.718;
    static final double DOCUMENT_PAIRS = 1.97;
    static final double TITLE_ASKED = 0.941;
    static final double COVERED = 1.223;
    static final double PAIRS = -1.741;
    static final double NEAR = 0.377;
    static final double FIRST = 0.791;
    static final double LENGTH = 1.735;
    static final double TIME = 0.992;
    static final double NUMBER = 2.691;
    static final double NAME = 0.173;
    static final double NAMES = 0.417;
    static final double PLACE = 0.477;
    static final double ANY_NAME = 0.854;
    static final double SENTENCE_AND_DOCUMENT = 1.838;
    static final double NEAR_AND_DOCUMENT = -0.178;
    static final double BASE = -8.759;
    /** How much a piece's length counts against it. */
    static final double COST = 0.6;

    private Weights() {}
}
