package io.tollgate.routing.table;

import io.tollgate.core.exchange.BudgetDirectives;
import io.tollgate.core.exchange.Exchange;
import io.tollgate.core.price.Price;
import io.tollgate.core.price.PriceCatalogue;
import io.tollgate.core.provider.Target;
import io.tollgate.core.usage.Usage;
import io.tollgate.routing.table.Substitutes.Candidate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the lists of rules come to for a call: targets that can serve it, where nothing has run out, and what they cost. */
final class RuleTargets {
    /** Output tokens models are compared by: what is saved is mostly decided by the input's and output's price alike. */
    static final long TYPICAL_OUTPUT = 500;

    private final Substitutes substitutes;
    private final PriceCatalogue catalogue;

    RuleTargets(Substitutes substitutes, PriceCatalogue catalogue) {
        this.substitutes = substitutes;
        this.catalogue = catalogue;
    }

    static BudgetDirectives directives(Exchange exchange) {
        BudgetDirectives budget = exchange.budget().orNull();
        return budget == null ? BudgetDirectives.NONE : budget;
    }

    /** Those a rule may send the call to, the first first. */
    List<Target> of(Exchange exchange, RouteRule rule, Target asked, long tokens, long conversation) {
        List<Target> targets = new ArrayList<>(rule.use().size());
        for (Candidate candidate : substitutes.candidates(exchange.endpoint(), rule.use(), exchange.receivedAt())) {
            boolean isAsked = candidate.provider().equals(asked.provider())
                    && candidate.model().equals(asked.model());
            if (isAsked && rule.spread()) {
                targets.add(asked);
            }
            Target target = isAsked ? null : possible(exchange, candidate, tokens);
            if (target != null) {
                targets.add(target);
            }
        }
        if (rule.spread()) {
            RouteRule.spread(targets, conversation);
        }
        return List.copyOf(targets);
    }

    /** The call as this candidate would get it, if it can serve it and nothing has run out there. */
    @Nullable
    Target possible(Exchange exchange, Candidate candidate, long tokens) {
        Target target = substitutes.target(exchange, candidate, tokens);
        return target != null && directives(exchange).pays(exchange, target) && exchange.mayGoTo(target)
                ? target
                : null;
    }

    /** Only one that is cheaper than what was asked for. */
    List<Target> cheapest(Exchange exchange, List<Target> targets, Target asked, long tokens) {
        Target best = null;
        long least = nanos(exchange, asked, Usage.of(tokens, TYPICAL_OUTPUT));
        for (Target target : targets) {
            long nanos = nanos(exchange, target, Usage.of(tokens, TYPICAL_OUTPUT));
            if (nanos < least) {
                least = nanos;
                best = target;
            }
        }
        return best == null ? List.of() : List.of(best);
    }

    /** {@link Long#MAX_VALUE} where no price is known. */
    long nanos(Exchange exchange, Target target, Usage usage) {
        Price price = target.model() == null
                ? null
                : catalogue.price(target.provider().name(), target.model(), exchange.receivedAt());
        return price == null
                ? Long.MAX_VALUE
                : price.cost(usage, null, exchange.receivedAt()).nanos();
    }
}
