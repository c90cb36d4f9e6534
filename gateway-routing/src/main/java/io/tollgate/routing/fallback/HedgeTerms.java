package io.tollgate.routing.fallback;

/**
 * When a second call is made beside one that keeps its caller waiting.
 *
 * @param quantile of the times to the first byte after which one is late, e.g. 0.95
 * @param minSamples times that must have been seen of a target
 * @param maxShare second calls by call, e.g. 0.05
 */
public record HedgeTerms(boolean enabled, double quantile, int minSamples, double maxShare) {
    /** Never. */
    public static final HedgeTerms OFF = new HedgeTerms(false, 0.95, 50, 0);
}
