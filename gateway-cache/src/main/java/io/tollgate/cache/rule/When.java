package io.tollgate.cache.rule;

/** Which requests are cached, as far as the caller's wish for variety goes. */
public enum When {
    /** Those that set no temperature above 0. */
    DETERMINISTIC,
    /** Those with a temperature above 0 too. */
    ALWAYS,
    /** Those that ask for it in {@code x-tollgate-cache}, whatever their temperature. */
    HEADER
}
