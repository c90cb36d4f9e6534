package io.tollgate.server.config;

/** What becomes of an upstream call whose caller has left. */
public enum OnClientGone {
    /** It is closed at once; what was metered is billed as partial. */
    ABORT,
    /** It is read to its end for the final usage. */
    DRAIN
}
