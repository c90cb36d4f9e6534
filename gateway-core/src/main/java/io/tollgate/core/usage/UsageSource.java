package io.tollgate.core.usage;

import java.util.Locale;

/** How far the counts can be trusted. */
public enum UsageSource {
    /** The provider's final word. An explicit 0 is a value. */
    PROVIDER,
    /** The stream ended early: what the provider had said so far, completed by an estimate from the text seen. */
    PARTIAL,
    /** The provider said nothing; estimated from the texts. */
    ESTIMATED,
    /** Nothing was used, or nothing can be said. */
    NONE;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    /** The name in the ledger and the admin API. */
    public String wireName() {
        return wireName;
    }
}
