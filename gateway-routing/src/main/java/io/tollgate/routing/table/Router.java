package io.tollgate.routing.table;

import io.tollgate.core.dialect.Operation;
import io.tollgate.core.dialect.RequestFacts;
import io.tollgate.core.exchange.Exchange;
import io.tollgate.core.price.PriceCatalogue;
import io.tollgate.core.provider.Route;
import io.tollgate.core.provider.Target;
import io.tollgate.core.usage.Usage;
import io.tollgate.routing.RoutingMemory;
import io.tollgate.routing.RoutingTerms;
import io.tollgate.routing.complexity.Complexity;
import io.tollgate.routing.complexity.ComplexityClassifier;
import io.tollgate.routing.complexity.request.QuestionReader;
import io.tollgate.routing.table.Conversations.Last;
import io.tollgate.routing.table.Substitutes.Candidate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Decides by the configured rules whether a call goes to another model than the one asked for. The first rule that holds
 * and has a model that can serve the call decides. Never silently: rule and reason stand in {@code x-tollgate-route}.
 */
public final class Router {
    private static final String SWITCH = "x-tollgate-route";

    private final List<RouteRule> rules;
    /** Fallbacks that are the same model at another host. */
    private final Map<String, List<String>> otherHosts;

    private final RuleSwitches switches;
    private final Conversations conversations;
    private final ComplexityClassifier classifier;
    private final ToLongFunction<Exchange> promptTokens;
    private final Substitutes substitutes;
    private final RuleTargets targets;

    /**
     * By these terms.
     *
     * @param promptTokens estimates a prompt's tokens, fast enough for the event loop
     */
    public Router(
            RoutingTerms terms,
            RoutingMemory memory,
            ToLongFunction<Exchange> promptTokens,
            Providers providers,
            PriceCatalogue catalogue) {
        this.rules = terms.rules();
        this.otherHosts = otherHosts(terms.fallbacks().models());
        this.classifier = terms.classifier();
        this.switches = memory.switches();
        this.conversations = memory.conversations();
        this.promptTokens = promptTokens;
        this.substitutes = new Substitutes(providers, catalogue);
        this.targets = new RuleTargets(substitutes, catalogue);
    }

    private static Map<String, List<String>> otherHosts(Map<String, List<String>> fallbacks) {
        Map<String, List<String>> same = new HashMap<>();
        fallbacks.forEach((model, others) -> {
            List<String> hosts =
                    others.stream().filter(other -> other.endsWith("/" + model)).toList();
            if (!hosts.isEmpty()) {
                same.put(model, hosts);
            }
        });
        return Map.copyOf(same);
    }

    /** Where the call goes, given where it would go without rules. */
    Route route(Exchange exchange, Route direct) {
        Target asked = direct.first();
        String model = asked.model();
        if (model == null
                || (rules.isEmpty() && !otherHosts.containsKey(model))
                || exchange.endpoint().operation() != Operation.GENERATE) {
            return direct;
        }
        if ("off".equalsIgnoreCase(exchange.head().header(SWITCH))) {
            return Route.direct("the caller wants no other", asked);
        }
        long tokens = promptTokens.applyAsLong(exchange);
        long conversation = Conversation.of(exchange);
        Route route = byRules(exchange, direct, model, tokens, conversation);
        Route kept = admitted(exchange, direct, kept(exchange, direct, route, tokens, conversation));
        if (!kept.rule().equals(direct.rule())) {
            switches.follow(kept.rule());
        }
        conversations.remember(conversation, kept.first().name());
        return kept;
    }

    /** Stays where it was asked for if others were quicker to take what was left for the rule's model. */
    private static Route admitted(Exchange exchange, Route direct, Route route) {
        if (route.first().isSamePlace(direct.first())) {
            return route;
        }
        if (!RuleTargets.directives(exchange).goesTo(exchange, route.first())) {
            return direct;
        }
        if (!exchange.goesTo(route.first())) {
            var unused = RuleTargets.directives(exchange).goesTo(exchange, direct.first());
            return direct;
        }
        return route;
    }

    private Route byRules(Exchange exchange, Route direct, String model, long tokens, long conversation) {
        boolean downgrade = RuleTargets.directives(exchange).downgrade();
        Complexity judged = null;
        for (RouteRule rule : rules) {
            Conditions when = rule.when();
            if (!switches.isOn(rule.name())
                    || !when.apply(exchange, direct.first().provider().name(), model, tokens)) {
                continue;
            }
            if (!downgrade && !rule.includes(conversation)) {
                continue;
            }
            if (!downgrade && when.simple() != null) {
                judged = judged == null ? classify(exchange) : judged;
                if (isSimple(judged) != when.simple()) {
                    continue;
                }
            }
            List<Target> found = targets.of(exchange, rule, direct.first(), tokens, conversation);
            if (downgrade) {
                found = targets.cheapest(exchange, found, direct.first(), tokens);
            }
            if (!found.isEmpty()) {
                return new Route(rule.name(), reason(downgrade, judged, found.getFirst()), found);
            }
        }
        return direct;
    }

    private Complexity classify(Exchange exchange) {
        return classifier.classify(QuestionReader.read(
                exchange.facts().get(), exchange.body(), exchange.tags().get().get("task")));
    }

    private static boolean isSimple(Complexity judged) {
        return judged.verdict() == Complexity.Verdict.SIMPLE;
    }

    private static String reason(boolean downgrade, @Nullable Complexity judged, Target target) {
        List<String> parts = new ArrayList<>(3);
        if (downgrade) {
            parts.add("a budget asks for a cheaper model");
        } else if (judged != null) {
            parts.add(judged.verdict().wireName() + " (" + String.format(Locale.ROOT, "%.2f", judged.score()) + ")");
        } else {
            parts.add("the rule applies");
        }
        List<String> without = Substitutes.takenOut(target);
        if (!without.isEmpty()) {
            parts.add("without " + String.join(" ", without));
        }
        return String.join(", ", parts);
    }

    /**
     * Stays with the model a conversation is with, unless the other is cheaper although it has to read everything anew:
     * the provider's cache holds all turns but the last, and a switch throws that away. To another provider of the same
     * model it goes back once nothing is cached there any more.
     */
    private Route kept(Exchange exchange, Route direct, Route route, long tokens, long conversation) {
        RequestFacts facts = exchange.facts().get();
        Last last = facts.turns().size() < 2 ? null : conversations.last(conversation);
        if (last == null
                || last.target().equals(route.first().name())
                || RuleTargets.directives(exchange).downgrade()) {
            return route;
        }
        Route other = leadingTo(exchange, direct, route, last.target(), tokens, conversation);
        if (other == null) {
            return route;
        }
        boolean sameModel = Objects.equals(other.first().model(), route.first().model());
        if (sameModel && !conversations.isCached(last)) {
            return route;
        }
        int latest = facts.turns().getLast().textBytes();
        long fresh = tokens * latest / Math.max(1, facts.textBytes());
        Usage cached = new Usage(fresh, tokens - fresh, 0, 0, RuleTargets.TYPICAL_OUTPUT, 0, 0, 0, 0, 0);
        long anew = targets.nanos(exchange, route.first(), Usage.of(tokens, RuleTargets.TYPICAL_OUTPUT));
        long on = targets.nanos(exchange, other.first(), cached);
        boolean comparable = !sameModel || on != Long.MAX_VALUE; // a host without a price is no dearer than others
        boolean switching = comparable && anew < on;
        return switching ? route : new Route(other.rule(), "the conversation is with it", other.targets());
    }

    /** The route on which a conversation came to be where it is; null where none leads there now. */
    private @Nullable Route leadingTo(
            Exchange exchange, Route direct, Route route, String before, long tokens, long conversation) {
        for (Target target : route.targets()) {
            if (before.equals(target.name())) {
                return new Route(route.rule(), "", before(target, route.targets()));
            }
        }
        if (before.equals(direct.first().name())) {
            return direct;
        }
        Route byRule = ruleLeadingTo(exchange, direct, before, tokens, conversation);
        if (byRule != null) {
            return byRule;
        }
        String model = Objects.requireNonNull(route.first().model());
        for (String other : otherHosts.getOrDefault(model, List.of())) {
            Candidate candidate = substitutes.candidate(exchange.endpoint(), other, exchange.receivedAt());
            if (candidate != null
                    && candidate.model().equals(model)
                    && candidate.name().equals(before)) {
                Target target = targets.possible(exchange, candidate, tokens);
                return target == null ? null : new Route(route.rule(), "", before(target, route.targets()));
            }
        }
        return null;
    }

    private static List<Target> before(Target first, List<Target> others) {
        List<Target> all = new ArrayList<>();
        all.add(first);
        others.stream().filter(other -> !other.isSamePlace(first)).forEach(all::add);
        return List.copyOf(all);
    }

    private @Nullable Route ruleLeadingTo(
            Exchange exchange, Route direct, String before, long tokens, long conversation) {
        String model = Objects.requireNonNull(direct.first().model());
        for (RouteRule rule : rules) {
            if (switches.isOn(rule.name())
                    && rule.when().apply(exchange, direct.first().provider().name(), model, tokens)) {
                List<Target> found = targets.of(exchange, rule, direct.first(), tokens, conversation);
                for (Target target : found) {
                    if (before.equals(target.name())) {
                        return new Route(rule.name(), "", before(target, found));
                    }
                }
            }
        }
        return null;
    }

    /**
     * A call was answered elsewhere than its route begins: the conversation goes on there if the rule's list has that
     * target, too, or it serves the same model.
     */
    public void answered(Exchange exchange, Target target) {
        Route route = exchange.route().get();
        boolean asGood = Objects.equals(target.model(), route.first().model())
                || route.targets().stream().anyMatch(target::isSamePlace);
        if (asGood && isTold(exchange)) {
            conversations.remember(Conversation.of(exchange), target.name());
        }
    }

    /** The target that a call was sent to does not let it in: its conversation does not stay there. */
    public void shutOut(Exchange exchange) {
        if (isTold(exchange)) {
            conversations.forget(Conversation.of(exchange));
        }
    }

    /** Whether conversations have such calls, and this one's can be told. */
    private static boolean isTold(Exchange exchange) {
        return exchange.endpoint().operation() == Operation.GENERATE
                && !exchange.body().isEmpty();
    }

    /**
     * The call as another model would get it in place of one that failed, with all that is decided of it; null where the
     * caller wants no other or this one cannot serve it.
     */
    public @Nullable Target fallback(Exchange exchange, String named) {
        if (exchange.endpoint().operation() != Operation.GENERATE
                || "off".equalsIgnoreCase(exchange.head().header(SWITCH))) {
            return null;
        }
        Candidate candidate = substitutes.candidate(exchange.endpoint(), named, exchange.receivedAt());
        return candidate == null ? null : substitutes.target(exchange, candidate, promptTokens.applyAsLong(exchange));
    }

    /** The cap of ours that goes to a model in place of one that failed; -1 where we set none. */
    public long cap(Exchange exchange, Target fallback) {
        String model = fallback.model();
        return model == null ? -1 : substitutes.cap(exchange, new Candidate(fallback.provider(), model));
    }

    /** Every model the rules may send a call to that asks for {@code model}, beside that model itself. */
    public List<Target> reach(Exchange exchange, String model) {
        List<Target> reach = new ArrayList<>();
        for (RouteRule rule : rules) {
            if (rule.when().mayApplyTo(model)) {
                for (Candidate candidate :
                        substitutes.candidates(exchange.endpoint(), rule.use(), exchange.receivedAt())) {
                    reach.add(new Target(candidate.provider(), candidate.model(), "", List.of()));
                }
            }
        }
        return reach;
    }
}
