package io.tollgate.routing.shaping;

import io.tollgate.routing.shaping.text.Strategy;

/**
 * What one version of the configuration says of prompts. Immutable.
 *
 * @param maxInputTokens from which a prompt is shortened; {@link Long#MAX_VALUE} for never
 */
public record ShapingTerms(long maxInputTokens, Strategy strategy) {}
