package io.tollgate.cache.rule;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that the configuration says of exact caching. Immutable; any thread.
 *
 * @param rules the first that matches a call decides
 * @param otherwise decides where none matches
 * @param noStore calls whose answers are neither kept nor looked up
 */
public record CachePolicies(List<Rule> rules, CachePolicy otherwise, List<CallMatch> noStore) {
    /** A policy for some calls. */
    public record Rule(CallMatch match, CachePolicy policy) {}

    /** Copies the lists. */
    public CachePolicies(List<Rule> rules, CachePolicy otherwise, List<CallMatch> noStore) {
        this.rules = List.copyOf(rules);
        this.otherwise = otherwise;
        this.noStore = List.copyOf(noStore);
    }

    /** The policy for a call; null where its answer must not be kept ({@code no_store}). */
    public @Nullable CachePolicy find(CachedCall call) {
        for (CallMatch match : noStore) {
            if (match.matches(call)) {
                return null;
            }
        }
        for (Rule rule : rules) {
            if (rule.match().matches(call)) {
                return rule.policy();
            }
        }
        return otherwise;
    }
}
