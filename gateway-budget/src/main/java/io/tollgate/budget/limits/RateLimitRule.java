package io.tollgate.budget.limits;

import io.tollgate.budget.ledger.Attribution;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How fast some calls may come. At least one of the three limits is set.
 *
 * @param name unique among rate limits
 * @param match by dimension the globs one of which its value must match; empty matches every call
 * @param each one account per distinct value of these dimensions; calls without a value share one account
 * @param requests calls, or null
 * @param tokens input and output, or null
 * @param concurrent calls under way at one time, or -1
 */
public record RateLimitRule(
        String name,
        Map<String, List<String>> match,
        List<String> each,
        @Nullable Rate requests,
        @Nullable Rate tokens,
        int concurrent) {
    /** Copies. */
    public RateLimitRule {
        match = Map.copyOf(match);
        each = List.copyOf(each);
        if (requests == null && tokens == null && concurrent < 1) {
            throw new IllegalArgumentException("rate limit " + name + " limits nothing");
        }
    }

    boolean applies(Attribution call) {
        return call.matches(match);
    }

    boolean looksAt(String dimension) {
        return match.containsKey(dimension) || each.contains(dimension);
    }

    /** What it counts: two rules that agree in it count the same calls in the same accounts. */
    String counts() {
        return new TreeMap<>(match) + "|" + each;
    }
}
