package io.tollgate.cache.key;

/** What came of a request: the key of its answer, or why it has none. */
public sealed interface KeyResult {
    /** Requests with this key have the same answer. */
    record Keyed(CacheKey key) implements KeyResult {}

    /** The request passes by the cache. */
    record Bypass(BypassReason reason) implements KeyResult {}
}
