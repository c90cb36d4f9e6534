package io.tollgate.routing;

import io.tollgate.routing.cap.OutputPolicy;
import io.tollgate.routing.complexity.ComplexityClassifier;
import io.tollgate.routing.earlystop.EarlyStopTerms;
import io.tollgate.routing.fallback.FallbackTerms;
import io.tollgate.routing.table.RouteRule;
import java.util.List;

/**
 * What one version of the configuration says of routing. Immutable.
 *
 * @param rules the first first
 * @param classifier tells how hard a request is
 * @param output how long answers may become
 * @param earlyStop which answers are ended before their model ends them
 * @param promptCache whether prompts are marked for the provider's cache
 * @param fallbacks what follows a call that failed
 */
public record RoutingTerms(
        List<RouteRule> rules,
        ComplexityClassifier classifier,
        OutputPolicy output,
        EarlyStopTerms earlyStop,
        boolean promptCache,
        FallbackTerms fallbacks) {
    /** Copies. */
    public RoutingTerms {
        rules = List.copyOf(rules);
    }
}
