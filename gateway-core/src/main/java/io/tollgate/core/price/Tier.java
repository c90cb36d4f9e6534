package io.tollgate.core.price;

/**
 * Other rates for the whole request once its prompt is long enough.
 *
 * @param from the smallest full prompt (uncached, read and written input) they hold for; a list's "over 200k" is 200,001
 */
public record Tier(long from, Rates rates) {}
