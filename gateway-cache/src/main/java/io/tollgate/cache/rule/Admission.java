package io.tollgate.cache.rule;

import io.tollgate.cache.key.BypassReason;
import io.tollgate.cache.key.CacheKey;
import io.tollgate.cache.key.Scope;

/** Whether a call may be answered from the cache and its answer kept. */
public sealed interface Admission {
    /**
     * It may.
     *
     * @param key what its answer is found by
     * @param scope who may be given it
     * @param policy how long it is kept
     * @param directive what the caller said: {@code refresh} looks nothing up, {@code only} buys nothing
     */
    record Admitted(CacheKey key, Scope scope, CachePolicy policy, CacheDirective directive) implements Admission {}

    /** It passes by. */
    record Passed(BypassReason reason) implements Admission {}
}
