package io.tollgate.cache.key;

import io.tollgate.core.exchange.Caller;
import io.tollgate.core.exchange.Tags;
import io.tollgate.core.http.RequestHead;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Who shares answers with whom: callers with the same values in every one of some dimensions.
 *
 * <p>A dimension that is missing from a call, or that a holder of a virtual key claims in a header without the key
 * vouching for it, adds the caller itself: nobody reads another's answers by leaving a tag out or making one up. Without
 * virtual keys nothing vouches for anything, and tags are taken as they come.
 *
 * @param dimensions {@code key} or names of tags; empty for all callers
 */
public record ScopeRule(List<String> dimensions) {
    /** Each virtual key, or each credential, for itself. */
    public static final ScopeRule PER_KEY = new ScopeRule(List.of("key"));

    private static final String KEY = "key";

    /** In one order, each once: {@code [user, team]} and {@code [team, user]} are the same. */
    public ScopeRule(List<String> dimensions) {
        this.dimensions = List.copyOf(new TreeSet<>(dimensions));
    }

    /**
     * The scope of a call.
     *
     * @param tags the call's, with the key's own in them
     * @param credentialHeader where the provider takes a credential, if it is somewhere unusual; or null
     */
    public Scope of(Caller caller, Tags tags, RequestHead head, @Nullable String credentialHeader) {
        if (dimensions.isEmpty()) {
            return Scope.GLOBAL;
        }
        StringBuilder text = new StringBuilder();
        boolean self = false;
        for (String name : dimensions) {
            String value = name.equals(KEY) ? null : tags.get(name);
            if (value != null) {
                text.append(text.isEmpty() ? "" : ",").append(Scope.dimension(name, value));
            }
            self |= value == null || (caller.key() != null && caller.tags().get(name) == null);
        }
        if (self) {
            text.append(text.isEmpty() ? "" : ",");
            text.append(caller.alone(head, credentialHeader)); // no tag can look like it: it has no equals sign
        }
        return new Scope(text.toString());
    }
}
