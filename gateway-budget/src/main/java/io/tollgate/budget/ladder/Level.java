package io.tollgate.budget.ladder;

import java.util.Locale;

/** How loud a notification is. */
public enum Level {
    /** Worth knowing. */
    INFO,
    /** Worth a look. */
    WARNING,
    /** Needs someone. */
    CRITICAL;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    /** The name in the configuration and in alerts. */
    public String wireName() {
        return wireName;
    }
}
