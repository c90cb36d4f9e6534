package io.tollgate.core.exchange;

import java.util.Locale;

/** How an exchange (or one attempt of it) was over. The ledger stores {@link #wireName()}. */
public enum End {
    /** The upstream finished its answer; what the caller did afterwards does not matter. */
    COMPLETE,
    /** Answered from the cache, nothing was sent upstream. */
    CACHED,
    /** Tollgate said no before anything was sent upstream. */
    REFUSED,
    /** The upstream was unreachable, broke off, or answered something that is not HTTP. */
    UPSTREAM_FAILED,
    /** The caller left before the upstream had finished. */
    CLIENT_GONE,
    /** A phase's time-out ran out (connect, first byte, between bytes). */
    TIMED_OUT,
    /** A budget refused to extend the hold: the stream was ended gracefully. */
    CUT_BY_BUDGET,
    /** Tollgate ended the stream because the answer was complete for its purpose, or degenerate. */
    STOPPED_EARLY;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    /** The name in the ledger and the admin API, e.g. {@code client_gone}. */
    public String wireName() {
        return wireName;
    }
}
