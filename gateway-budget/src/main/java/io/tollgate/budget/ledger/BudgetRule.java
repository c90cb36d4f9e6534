package io.tollgate.budget.ledger;

import io.tollgate.budget.ladder.Ladder;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What some calls may cost in a period.
 *
 * @param name unique among budgets
 * @param match by dimension (a tag's name, or {@code key}, {@code model}, {@code provider}) the globs one of which its
 *     value must match; a call without the dimension does not match; empty matches every call
 * @param each one account per distinct value of these dimensions; calls without a value share one account
 * @param zone whose calendar the periods follow
 * @param limitNanos nano-dollars per period, or -1 for no limit on money
 * @param limitTokens tokens per period, or -1 for no limit on tokens
 */
public record BudgetRule(
        String name,
        Map<String, List<String>> match,
        List<String> each,
        Period period,
        ZoneId zone,
        long limitNanos,
        long limitTokens,
        Ladder ladder) {
    /** Copies. */
    public BudgetRule {
        match = Map.copyOf(match);
        each = List.copyOf(each);
        if (limitNanos < 0 && limitTokens < 0) {
            throw new IllegalArgumentException("budget " + name + " limits neither money nor tokens");
        }
    }

    /** Whether the budget counts this call. */
    public boolean applies(Attribution call) {
        return call.matches(match);
    }

    /**
     * The values that name the account a call this budget applies to is counted in. Calls without a dimension share an
     * account: leaving a header out is no way round.
     */
    public List<String> accountOf(Attribution call) {
        return call.values(each);
    }

    /** Whether the budget looks at this dimension. */
    public boolean looksAt(String dimension) {
        return match.containsKey(dimension) || each.contains(dimension);
    }

    /** What its counts mean: two rules that agree in it count the same calls into the same accounts and periods. */
    public String counts() {
        return new TreeMap<>(match) + "|" + each + "|" + period.wireName() + "|" + zone.getId();
    }
}
