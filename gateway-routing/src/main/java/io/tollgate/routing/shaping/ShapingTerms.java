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
        for (Rule rule : rules) {
            if (rule.calls().apply(exchange, provider, model == null ? "" : model, 0)) {
                return rule.levers();
            }
        }
        return others;
    }
}
