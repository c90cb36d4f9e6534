package io.tollgate.core.price;

import io.tollgate.core.text.Glob;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who bills for models.
 *
 * @param name as rows name it
 * @param hosts where it is reached; {@code *} stands for any characters
 * @param sameAs vendors whose rows it bills by where it has none of its own, in order
 * @param makers vendors by the prefix their models have here ({@code anthropic/claude-…}), for whose rows it bills
 * @param prefersStatedCost whether the cost it states in an answer is a better figure than its list price
 */
public record Vendor(
        String name, List<String> hosts, List<String> sameAs, Map<String, String> makers, boolean prefersStatedCost) {
    /** Copies. */
    public Vendor {
        hosts = List.copyOf(hosts);
        sameAs = List.copyOf(sameAs);
        makers = Map.copyOf(makers);
    }

    /** Whether this is one of its hosts. */
    boolean reachedAt(@Nullable String host) {
        if (host == null) {
            return false;
        }
        String plain = host.toLowerCase(Locale.ROOT);
        for (String pattern : hosts) {
            if (Glob.matches(pattern, plain)) {
                return true;
            }
        }
        return false;
    }
}
