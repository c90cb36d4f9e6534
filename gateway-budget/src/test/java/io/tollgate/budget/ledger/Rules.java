package io.tollgate.budget.ledger;

import io.tollgate.budget.ladder.Action;
import io.tollgate.budget.ladder.Ladder;
import io.tollgate.budget.ladder.Level;
import io.tollgate.budget.ladder.Rung;
import io.tollgate.core.exchange.Tags;
import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Rules and calls for tests, in few words. */
public final class Rules {
    public static final long USD = 1_000_000_000L;
    public static final Ladder BLOCK = ladder("100% block");

    private Rules() {}

    /** Of steps like {@code 50% notify}. */
    public static Ladder ladder(String... steps) {
        List<Rung> rungs = new ArrayList<>();
        for (String step : steps) {
            String[] parts = step.split("% ");
            rungs.add(new Rung(
                    new BigDecimal(parts[0]).movePointLeft(2),
                    Action.valueOf(parts[1].toUpperCase(java.util.Locale.ROOT)),
                    Level.WARNING));
        }
        return new Ladder(rungs);
    }

    public static BudgetRule usd(String name, Period period, long nanos, Ladder ladder, String... each) {
        return rule(name, Map.of(), period, nanos, -1, ladder, each);
    }

    public static BudgetRule rule(
            String name,
            Map<String, List<String>> match,
            Period period,
            long nanos,
            long tokens,
            Ladder ladder,
            String... each) {
        return new BudgetRule(name, match, List.of(each), period, ZoneOffset.UTC, nanos, tokens, ladder);
    }

    public static Attribution call(String... tags) {
        java.util.Map<String, String> map = new java.util.HashMap<>();
        for (int i = 0; i < tags.length; i += 2) {
            map.put(tags[i], tags[i + 1]);
        }
        return new Attribution(Tags.of(map), null, "gpt-4o", "openai");
    }
}
