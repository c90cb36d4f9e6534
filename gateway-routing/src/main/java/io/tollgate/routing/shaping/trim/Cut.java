package io.tollgate.routing.shaping.trim;

/**
 * Characters that give way.
 *
 * @param instead what takes their place
 * @param tokens fewer of them, estimated
 */
public record Cut(int from, int to, String instead, int tokens) {}
