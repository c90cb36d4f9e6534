package io.tollgate.server.serve;

import io.tollgate.cache.key.ScopeRule;
import io.tollgate.cache.rule.CachePolicies;
import io.tollgate.cache.rule.CachePolicy;
import io.tollgate.cache.rule.CacheRules;
import io.tollgate.cache.rule.CallMatch;
import io.tollgate.server.config.CacheConfig;
import io.tollgate.server.config.Match;

/** The configuration's cache as the cache takes it. */
final class CacheSetup {
    private CacheSetup() {}

    /** Who shares answers, for how long, and whose are not kept. */
    static CacheRules rules(CacheConfig config) {
        CacheConfig.Exact exact = config.exact();
        return new CacheRules(
                new ScopeRule(exact.scope()),
                new CachePolicies(
                        exact.rules().stream()
                                .map(rule -> new CachePolicies.Rule(
                                        match(rule.match()), new CachePolicy(rule.when(), rule.ttl())))
                                .toList(),
                        new CachePolicy(exact.when(), exact.ttl()),
                        config.noStore().stream().map(CacheSetup::match).toList()));
    }

    private static CallMatch match(Match match) {
        return new CallMatch(match.globs());
    }
}
