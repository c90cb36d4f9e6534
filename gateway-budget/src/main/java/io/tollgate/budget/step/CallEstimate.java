package io.tollgate.budget.step;

/**
 * What a call will probably use, in tokens.
 *
 * @param input of the prompt
 * @param output of all answers together; what is held at first
 */
public record CallEstimate(long input, long output) {}
