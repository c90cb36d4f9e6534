package io.tollgate.server.fakeprovider.answer;

/** What an answer says of its usage. */
public enum UsageMode {
    /** The truth, where the dialect tells it. */
    NORMAL,
    /** Nothing, ever. */
    NEVER,
    /** Explicit zeros. */
    ZERO
}
