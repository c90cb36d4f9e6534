package io.tollgate.budget.limits;

import java.util.Locale;

/** What a rate limit can run out of. */
public enum LimitKind {
    /** Calls in a time. */
    REQUESTS,
    /** Tokens in a time. */
    TOKENS,
    /** Calls at one time. */
    CONCURRENT;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    /** The name in headers and metrics, e.g. {@code requests}. */
    public String wireName() {
        return wireName;
    }
}
