package io.tollgate.cache.rule;

import io.tollgate.core.text.Glob;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Picks calls: those for which every name here has a value that one of its globs matches.
 *
 * @param globs by tag name, or {@code key}, {@code model}, {@code provider}; empty matches every call
 */
public record CallMatch(Map<String, List<String>> globs) {
    /** Copies the globs. */
    public CallMatch(Map<String, List<String>> globs) {
        this.globs = Map.copyOf(globs);
    }

    /** Whether this call is one of them. */
    public boolean matches(CachedCall call) {
        for (Map.Entry<String, List<String>> entry : globs.entrySet()) {
            String value = call.value(entry.getKey());
            if (value == null || !anyMatches(entry.getValue(), value)) {
                return false;
            }
        }
        return true;
    }

    private static boolean anyMatches(List<String> patterns, @Nullable String value) {
        for (String pattern : patterns) {
            if (value != null && Glob.matches(pattern, value)) {
                return true;
            }
        }
        return false;
    }
}
