package io.tollgate.routing.shaping;

import io.tollgate.core.exchange.Exchange;
import io.tollgate.routing.table.Conditions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one version of the configuration says of prompts. Immutable.
 *
 * @param rules the first that applies decides; its levers are complete
 * @param others for calls no rule applies to
 */
public record ShapingTerms(List<Rule> rules, Levers others) {
    /** Nothing is done to any. */
    public static final ShapingTerms NONE = new ShapingTerms(List.of(), Levers.NONE);

    /** What is done to the prompts of some calls. */
    public record Rule(Conditions calls, Levers levers) {}

    /** Copies. */
    public ShapingTerms {
        rules = List.copyOf(rules);
    }

    /** What is done to this call's, for the provider and the model it was asked of. */
    Levers of(Exchange exchange, String provider, @Nullable String model) {
        int rule = rule(exchange, provider, model);
        return rule < 0 ? others : rules.get(rule).levers();
    }

    private int rule(Exchange exchange, String provider, @Nullable String model) {
        for (int i = 0; i < rules.size(); i++) {
            if (rules.get(i).calls().apply(exchange, provider, model == null ? "" : model, 0)) {
                return i;
            }
        }
        return -1;
    }

    /**
     * What may be done to a call's prompt, for who asks before it is made.
     *
     * @param rule which of the rules decides, from 1; 0 where none applies
     * @param levers by the names answers and ledger have for them
     */
    public record Outlook(int rule, List<String> levers) {}

    /** For this call, which is routed. */
    public Outlook outlook(Exchange exchange) {
        String provider = exchange.route().get().first().provider().name();
        int rule = rule(exchange, provider, exchange.facts().get().model());
        Levers levers = rule < 0 ? others : rules.get(rule).levers();
        return new Outlook(rule + 1, levers.names(exchange.tags().get().get("task")));
    }
}
