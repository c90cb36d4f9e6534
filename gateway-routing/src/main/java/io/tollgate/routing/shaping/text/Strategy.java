package io.tollgate.routing.shaping.text;

/** How texts that are too long are shortened. */
public enum Strategy {
    /** Their start is cut off. */
    START,
    /** Their end is cut off. */
    END,
    /** Their middle is cut out. */
    MIDDLE,
    /** The first 40 % and the last 20 % of the paragraphs stay, as far as there is room, and a note on the rest. */
    PARAGRAPHS,
    /** What matters least for the question goes. */
    RELEVANT
}
