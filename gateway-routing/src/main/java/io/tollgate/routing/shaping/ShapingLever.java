package io.tollgate.routing.shaping;

import java.util.Locale;

/** The ways a prompt gets shorter, in the order they are tried. */
public enum ShapingLever {
    /** Turns left out. */
    HISTORY,
    /** Filler taken out. */
    TRIMMING,
    /** Documents cut. */
    TRUNCATION;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    /** As in the ledger's rows. */
    public String wireName() {
        return wireName;
    }
}
