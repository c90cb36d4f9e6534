package io.tollgate.routing;

import io.tollgate.routing.cap.OutputPolicy;
import io.tollgate.routing.complexity.ComplexityClassifier;
import io.tollgate.routing.table.RouteRule;
import java.util.List;

/**
 * What one version of the configuration says of routing. Immutable.
 *
 * @param rules the first first
 * @param classifier tells how hard a request is
 * @param output how long answers may become
 * @param promptCache whether prompts are marked for the provider's cache
 */
public record RoutingTerms(
        List<RouteRule> rules, ComplexityClassifier classifier, OutputPolicy output, boolean promptCache) {
    /** Copies. */
    public RoutingTerms {
        rules = List.copyOf(rules);
    }
}
