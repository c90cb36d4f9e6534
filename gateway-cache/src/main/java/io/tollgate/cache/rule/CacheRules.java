package io.tollgate.cache.rule;

import io.tollgate.cache.key.BypassReason;
import io.tollgate.cache.key.CacheableRequest;
import io.tollgate.cache.key.KeyReader;
import io.tollgate.cache.key.KeyResult;
import io.tollgate.cache.key.Scope;
import io.tollgate.cache.key.ScopeRule;
import io.tollgate.core.exchange.Caller;
import io.tollgate.core.exchange.Exchange;
import io.tollgate.core.exchange.Tags;
import io.tollgate.core.http.RequestBody;
import io.tollgate.core.provider.Target;
import org.jspecify.annotations.Nullable;

/**
 * Decides for each call whether the cache has to do with it, and by which key. Immutable; any thread.
 *
 * @param scope who shares answers with whom
 * @param policies how which calls are cached
 */
public record CacheRules(ScopeRule scope, CachePolicies policies) {
    /**
     * Looks at a call whose caller, tags and facts are decided.
     *
     * @param target where it would go, with the model that would be sent
     * @param body what would be sent but for a cap on output that Tollgate adds
     * @throws io.tollgate.core.error.RefusedException when {@code x-tollgate-cache} says nothing known
     */
    public Admission admit(Exchange exchange, Target target, RequestBody body) {
        CacheDirective directive = CacheDirective.of(exchange.head().header(CacheDirective.HEADER));
        Caller caller = exchange.caller().get();
        Tags tags = exchange.tags().get();
        String provider = target.provider().name();
        CachePolicy policy = policies.find(new CachedCall(caller.key(), tags, target.model(), provider));
        BypassReason reason = policy == null ? BypassReason.NO_STORE : policy.bypass(directive);
        if (policy == null || reason != null) {
            return passed(reason);
        }
        Scope of = scope.of(caller, tags, exchange.head(), target.provider().credentialHeader());
        KeyResult result = KeyReader.ofThread()
                .read(
                        new CacheableRequest(
                                of,
                                exchange.endpoint(),
                                exchange.facts().get().answers(),
                                provider,
                                target.model(),
                                target.path(),
                                exchange.head().headers(),
                                body),
                        policy.variety());
        return switch (result) {
            case KeyResult.Keyed keyed -> new Admission.Admitted(keyed.key(), of, policy, directive);
            case KeyResult.Bypass bypass -> passed(bypass.reason());
        };
    }

    private static Admission passed(@Nullable BypassReason reason) {
        return new Admission.Passed(reason == null ? BypassReason.NO_STORE : reason);
    }
}
