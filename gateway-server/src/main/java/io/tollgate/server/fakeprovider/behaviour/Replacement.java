package io.tollgate.server.fakeprovider.behaviour;

/**
 * A body sent instead of the dialect's own.
 *
 * @param contentType its type
 * @param body its bytes
 */
public record Replacement(String contentType, byte[] body) {}
