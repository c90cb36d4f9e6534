package io.tollgate.cache.step;

import io.tollgate.cache.rule.CacheRules;

/**
 * What one version of the configuration says of the cache.
 *
 * @param maxEntry bytes from which an answer is streamed and not kept; also what a caller may fall behind those it shares
 *     an answer with
 * @param replayPaceNanos between two events of a stream that is replayed; 0 for all at once
 */
public record CacheTerms(CacheRules rules, long maxEntry, long replayPaceNanos) {}
