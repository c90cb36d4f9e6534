package io.tollgate.server.audit;

import java.util.Locale;

/** How bad an issue is, the least first; in SARIF's words. */
public enum Level {
    /** Worth a look. */
    NOTE,
    /** Costs money on every call. */
    WARNING,
    /** The file could not be looked at. */
    ERROR;

    /** As SARIF says it. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
