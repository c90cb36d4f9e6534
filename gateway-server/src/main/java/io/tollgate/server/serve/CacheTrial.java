package io.tollgate.server.serve;

import io.tollgate.budget.identity.AuthenticateStep;
import io.tollgate.budget.identity.Keyring;
import io.tollgate.budget.identity.TagStep;
import io.tollgate.cache.rule.Admission;
import io.tollgate.cache.rule.CacheRules;
import io.tollgate.core.dialect.Endpoint;
import io.tollgate.core.dialect.Family;
import io.tollgate.core.error.RefusedException;
import io.tollgate.core.exchange.Exchange;
import io.tollgate.core.pipeline.Outcome;
import io.tollgate.core.pipeline.Step;
import io.tollgate.core.provider.Provider;
import io.tollgate.core.provider.Target;
import io.tollgate.core.provider.Timeouts;
import io.tollgate.routing.table.Providers;
import io.tollgate.server.config.Config;
import io.tollgate.server.config.ProviderConfig;
import io.tollgate.server.trial.TrialRequest;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the exact cache would do with a request, offline. The caller is found out as the gateway does; one without a valid
 * key is nobody.
 */
public final class CacheTrial {
    private final Keyring keys;
    private final Providers providers;
    private final CacheRules rules;
    private final InstantSource clock;

    /** By this configuration, whether or not its cache is switched on. */
    public CacheTrial(Config config, InstantSource clock) {
        this.keys = new Keyring(config.keys().stream().map(Rulesets::key).toList());
        this.providers = new Providers(
                config.providers().values().stream()
                        .map(ProviderConfig::toProvider)
                        .toList(),
                Prices.of(config));
        this.rules = CacheSetup.rules(config.cache());
        this.clock = clock;
    }

    /** {@code {"key":"…"}} or {@code {"bypass":"reason"}}. */
    public String answer(TrialRequest request) {
        Exchange exchange = new Exchange(
                "try", clock.instant(), 0, request.endpoint(), request.head(), request.body(), Runnable::run);
        exchange.facts().decide(request.facts());
        for (Step step : List.of(new AuthenticateStep(keys), new TagStep())) {
            Outcome unused = step.apply(exchange);
        }
        try {
            return switch (rules.admit(exchange, target(request), request.body())) {
                case Admission.Admitted admitted ->
                    "{\"key\":\"" + admitted.key().hex() + "\"}";
                case Admission.Passed passed ->
                    "{\"bypass\":\"" + passed.reason().token() + "\"}";
            };
        } catch (RefusedException e) {
            return "{\"bypass\":\"malformed\"}";
        }
    }

    private Target target(TrialRequest request) {
        Endpoint endpoint = request.endpoint();
        String model = request.model();
        Provider provider = providers.choose(endpoint, model, clock.instant());
        String path = model == null ? endpoint.path() : endpoint.dialect().path(endpoint, model);
        String query = request.head().query();
        return new Target(
                provider == null ? unconfigured(endpoint) : provider,
                model,
                query == null ? path : path + "?" + query,
                List.of());
    }

    private static Provider unconfigured(Endpoint endpoint) {
        Family family = endpoint.dialect().family();
        @Nullable String named = endpoint.provider();
        return new Provider(
                named == null ? family.wireName() : named, family, URI.create("http://none"), null, Timeouts.DEFAULT);
    }
}
