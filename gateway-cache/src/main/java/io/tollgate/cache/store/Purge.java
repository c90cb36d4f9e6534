package io.tollgate.cache.store;

import io.tollgate.cache.key.Scope;
import org.jspecify.annotations.Nullable;

/**
 * Which answers to forget: those for which everything named here holds.
 *
 * @param scope of this scope, or null for any
 * @param model asked of this model, or null for any
 */
public record Purge(@Nullable Scope scope, @Nullable String model) {
    /** All of them. */
    public static final Purge ALL = new Purge(null, null);

    /** Whether this one is to be forgotten. */
    public boolean matches(StoredReply reply) {
        return (scope == null || scope.equals(reply.scope())) && (model == null || model.equals(reply.model()));
    }
}
