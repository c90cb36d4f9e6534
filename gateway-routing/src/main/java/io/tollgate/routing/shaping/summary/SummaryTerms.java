package io.tollgate.routing.shaping.summary;

/**
 * How turns that are left out are summed up.
 *
 * @param model that does it; it speaks the caller's dialect
 * @param maxTokens of a summary
 */
public record SummaryTerms(String model, int maxTokens) {}
