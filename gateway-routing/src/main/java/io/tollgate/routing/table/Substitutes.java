package io.tollgate.routing.table;

import io.tollgate.core.dialect.Dialect;
import io.tollgate.core.dialect.Endpoint;
import io.tollgate.core.dialect.Family;
import io.tollgate.core.dialect.RequestFacts;
import io.tollgate.core.exchange.Exchange;
import io.tollgate.core.exchange.OutputCap;
import io.tollgate.core.http.BodyEdit;
import io.tollgate.core.price.ModelTraits;
import io.tollgate.core.price.PriceCatalogue;
import io.tollgate.core.provider.Provider;
import io.tollgate.core.provider.Target;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether another model can take a call as it stands, and what must change in it for that. A model that would
 * answer with an error, or to something other than was asked, is no substitute.
 */
final class Substitutes {
    /** What a model may go without when it refuses them: they tune an answer, they do not say what it is to be. */
    private static final Set<String> SPARED =
            Set.of("temperature", "top_p", "top_k", "presence_penalty", "frequency_penalty", "logit_bias", "seed");

    private static final Set<String> CAPS = Set.of("max_tokens", "max_completion_tokens", "max_output_tokens");

    private final Providers providers;
    private final PriceCatalogue catalogue;

    Substitutes(Providers providers, PriceCatalogue catalogue) {
        this.providers = providers;
        this.catalogue = catalogue;
    }

    /** A model at a provider. */
    record Candidate(Provider provider, String model) {
        /** {@code provider/model}. */
        String name() {
            return provider.name() + "/" + model;
        }
    }

    /** Who serves a model named in a rule to callers of this endpoint, or null when nobody does. */
    @Nullable
    Candidate candidate(Endpoint endpoint, String named, Instant at) {
        Family family = endpoint.dialect().family();
        int slash = named.indexOf('/');
        Provider prefixed = slash < 0 ? null : providers.byName().get(named.substring(0, slash));
        if (prefixed != null) {
            return prefixed.family() == family && isReachable(endpoint, prefixed)
                    ? new Candidate(prefixed, named.substring(slash + 1))
                    : null;
        }
        for (String name : catalogue.providersOf(named, at)) {
            Provider provider = providers.byName().get(name);
            if (provider != null && provider.family() == family && isReachable(endpoint, provider)) {
                return new Candidate(provider, named);
            }
        }
        return null;
    }

    /** A caller who names a provider in the path stays there. */
    private static boolean isReachable(Endpoint endpoint, Provider provider) {
        return endpoint.provider() == null || endpoint.provider().equals(provider.name());
    }

    /**
     * The call as this candidate would get it, or null when it cannot serve it. A cap of ours, once one is decided, goes
     * along in the field and the bounds of this candidate.
     */
    @Nullable
    Target target(Exchange exchange, Candidate candidate, long promptTokens) {
        if (!exchange.caller().get().mayUse(candidate.model())) {
            return null;
        }
        RequestFacts facts = exchange.facts().get();
        ModelTraits traits = catalogue.traits(candidate.provider().name(), candidate.model(), exchange.receivedAt());
        long cap = Math.max(0, facts.outputCap());
        boolean tooLong = traits.context() >= 0 && promptTokens + cap > traits.context();
        boolean tooMuchAsked = traits.maxOutput() >= 0 && cap > traits.maxOutput();
        if (tooLong || tooMuchAsked || endsWithPrefill(facts, traits)) {
            return null;
        }
        List<BodyEdit> edits = new ArrayList<>();
        for (String refused : traits.refuses()) {
            if (!CAPS.contains(refused) && isAsked(facts, refused)) {
                if (!SPARED.contains(refused)) {
                    return null;
                }
                edits.add(facts.members().remove(refused));
            }
        }
        Dialect dialect = exchange.endpoint().dialect();
        edits.addAll(dialect.model(facts, candidate.model()));
        String capField = traits.capField();
        long ours = cap(exchange, traits);
        if (ours >= 0) {
            edits.addAll(dialect.outputCap(facts, capField, ours));
        } else if (cap > 0 && capField != null && !capField.equals(facts.capField())) {
            edits.addAll(dialect.outputCap(facts, capField, cap));
        }
        String path = dialect.path(exchange.endpoint(), candidate.model());
        boolean notMeant = isNotMeantFor(exchange, candidate.provider());
        return new Target(
                candidate.provider(),
                candidate.model(),
                RequestPath.of(path, exchange, candidate.provider(), notMeant),
                List.copyOf(edits),
                notMeant);
    }

    /** The cap of ours that a model takes; -1 where we set none. */
    long cap(Exchange exchange, Candidate candidate) {
        return cap(exchange, catalogue.traits(candidate.provider().name(), candidate.model(), exchange.receivedAt()));
    }

    private static long cap(Exchange exchange, ModelTraits traits) {
        OutputCap ours = exchange.outputCap().orNull();
        if (ours == null) {
            return -1;
        }
        if (traits.maxOutput() < 0 || traits.maxOutput() >= ours.tokens()) {
            return ours.tokens();
        }
        long thinking =
                exchange.endpoint().dialect().thinkingBudget(exchange.facts().get(), exchange.body());
        return traits.maxOutput() > thinking ? traits.maxOutput() : -1; // at or below it nothing is left for the answer
    }

    /** Whether the caller's credential would go to a host it was not given to Tollgate for. */
    private boolean isNotMeantFor(Exchange exchange, Provider other) {
        Provider asked =
                providers.choose(exchange.endpoint(), exchange.facts().get().model(), exchange.receivedAt());
        return other.apiKey() == null
                && asked != null
                && !(Objects.equals(asked.baseUrl().getScheme(), other.baseUrl().getScheme())
                        && Objects.equals(
                                asked.baseUrl().getRawAuthority(),
                                other.baseUrl().getRawAuthority()));
    }

    private static boolean endsWithPrefill(RequestFacts facts, ModelTraits traits) {
        return traits.refuses().contains("prefill")
                && !facts.turns().isEmpty()
                && facts.turns().getLast().role().equals("assistant");
    }

    /** A dotted name is a member inside a member; images stand in turns and not in a member. */
    private static boolean isAsked(RequestFacts facts, String member) {
        if (member.equals("images")) {
            return facts.images() > 0;
        }
        int dot = member.indexOf('.');
        return dot < 0 ? facts.members().get(member) != null : facts.members().get(member.substring(0, dot)) != null;
    }

    /** Names of what was taken out of a request for a target, for its reason. */
    static List<String> takenOut(Target target) {
        List<String> names = new ArrayList<>();
        for (BodyEdit edit : target.edits()) {
            if (edit instanceof BodyEdit.MemberChange change && change.json() == null) {
                names.add(change.name());
            }
        }
        return names;
    }

    /** Every target a rule's list can lead to, whatever the request holds. */
    List<Candidate> candidates(Endpoint endpoint, List<String> use, Instant at) {
        List<Candidate> candidates = new ArrayList<>();
        for (String named : use) {
            Candidate candidate = candidate(endpoint, named, at);
            if (candidate != null) {
                candidates.add(candidate);
            }
        }
        return candidates;
    }
}
