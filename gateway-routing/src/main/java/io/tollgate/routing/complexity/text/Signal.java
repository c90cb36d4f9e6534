package io.tollgate.routing.complexity.text;

/** What a phrase of the {@link Lexicon} says about the task. The lists' floor is the published guides on routing by task. */
public enum Signal {
    /** Sort into classes. */
    CLASSIFY(-1.0, "asks to classify"),
    /** Pull stated facts out of a text. */
    EXTRACT(-1.0, "asks to extract"),
    /** Answer with yes or no. */
    YES_NO(-1.0, "asks for yes or no"),
    /** Put into another language. */
    TRANSLATE(-1.0, "asks to translate"),
    /** Change the form, not the content. */
    CONVERT(-0.8, "asks to convert or correct"),
    /** Make a text shorter. */
    SUMMARIZE(-0.5, "asks to summarize"),
    /** Name things, look up a fact. */
    FACT(-0.6, "asks for a fact"),
    /** Small talk. */
    GREETING(-0.8, "is small talk"),
    /** Take a matter apart. */
    ANALYZE(1.0, "asks to analyze"),
    /** Judge. */
    EVALUATE(1.0, "asks to evaluate"),
    /** Set side by side. */
    COMPARE(1.0, "asks to compare"),
    /** A way towards a goal. */
    PLAN(1.0, "asks for a plan or strategy"),
    /** Advice. */
    RECOMMEND(1.0, "asks for a recommendation"),
    /** Compose a text. */
    WRITE(0.9, "asks to write"),
    /** Give causes. */
    EXPLAIN(0.8, "asks to explain"),
    /** Derive step by step. */
    REASON(1.0, "asks to reason"),
    /** Write or mend a program. */
    PROGRAM(1.0, "asks for code"),
    /** An object that only matters where something is to be written. */
    DOCUMENT(0.3, "asks for a document"),
    /** The writer speaks of himself or his own: says nothing of the task, unless at some length. */
    OWN_MATTER(0, "tells of the writer's own matter");

    private final double weight;
    private final String reason;

    Signal(double weight, String reason) {
        this.weight = weight;
        this.reason = reason;
    }

    /** How strongly it speaks: negative for simple tasks, positive for complex ones. */
    public double weight() {
        return weight;
    }

    /** As shown to people. */
    public String reason() {
        return reason;
    }

    /** Its place in arrays that hold something for every signal. */
    @SuppressWarnings("EnumOrdinal") // never stored or sent; an EnumMap would box every number
    int index() {
        return ordinal();
    }
}
