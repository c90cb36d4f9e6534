package io.tollgate.cache.rule;

import io.tollgate.core.exchange.Tags;
import org.jspecify.annotations.Nullable;

/**
 * A call as rules tell calls apart.
 *
 * @param key the virtual key's id, or null
 * @param model the model that would be sent, or null
 */
public record CachedCall(
        @Nullable String key, Tags tags, @Nullable String model, String provider) {
    @Nullable
    String value(String name) {
        return switch (name) {
            case "key" -> key;
            case "model" -> model;
            case "provider" -> provider;
            default -> tags.get(name);
        };
    }
}
