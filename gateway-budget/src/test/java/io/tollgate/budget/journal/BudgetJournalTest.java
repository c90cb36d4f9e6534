package io.tollgate.budget.journal;

import static io.tollgate.budget.ledger.Rules.BLOCK;
import static io.tollgate.budget.ledger.Rules.call;
import static io.tollgate.budget.ledger.Rules.rule;
import static io.tollgate.budget.ledger.Rules.usd;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.budget.ledger.Attribution;
import io.tollgate.budget.ledger.BudgetRule;
import io.tollgate.budget.ledger.History;
import io.tollgate.budget.ledger.Period;
import io.tollgate.budget.ledger.TestTime;
import io.tollgate.budget.usagelog.UsageRow;
import io.tollgate.budget.usagelog.sqlite.SqliteRowStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BudgetJournalTest {
    private static final int ROUNDS = 40;

    @TempDir
    Path data;

    private final TestTime time = new TestTime("2026-11-22T22:10:00Z");

    private record Place(String budget, List<String> account, long periodFrom) {}

    @Test
    void sums_equal_the_rows_through_restarts_kills_and_changed_budgets() {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        List<UsageRow> rows = new ArrayList<>();
        try (SqliteRowStore store = SqliteRowStore.open(data, time)) {
            BudgetJournal journal = new BudgetJournal(data);
            List<BudgetRule> rules = rules(random);
            journal.follow(rules, time.millis());
            for (int round = 0; round < ROUNDS; round++) {
                time.pass(Duration.ofMinutes(random.nextInt(30)));
                List<UsageRow> written = rows(random);
                store.write(written);
                rows.addAll(written);
                if (random.nextInt(3) > 0) {
                    journal.catchUp();
                }
                if (random.nextInt(4) == 0) {
                    journal.prune(time.millis());
                }
                if (random.nextInt(3) == 0) {
                    journal.close(); // whatever was not committed is gone, as after a kill
                    journal = new BudgetJournal(data);
                    rules = random.nextBoolean() ? rules : rules(random);
                    journal.follow(rules, time.millis());
                }
                if (random.nextInt(3) == 0) {
                    journal.catchUp();
                    assertThat(recalled(journal, rules))
                            .as("seed %d, round %d", seed, round)
                            .isEqualTo(expected(rows, rules));
                }
            }
            journal.close();
        }
    }

    private List<BudgetRule> rules(Random random) {
        List<BudgetRule> rules = new ArrayList<>();
        rules.add(usd("all", List.of(Period.values()).get(random.nextInt(5)), 100, BLOCK));
        rules.add(usd("user", Period.HOUR, 100, BLOCK, "user"));
        if (random.nextBoolean()) {
            rules.add(rule(
                    "openai",
                    Map.of("provider", List.of("open*"), "model", List.of("gpt-4o", "o1")),
                    Period.DAY,
                    100,
                    -1,
                    BLOCK,
                    random.nextBoolean() ? new String[] {"team", "key"} : new String[] {"session"}));
        }
        return rules;
    }

    private List<UsageRow> rows(Random random) {
        List<UsageRow> rows = new ArrayList<>();
        for (int i = random.nextInt(60); i >= 0; i--) {
            Attribution tags = random.nextInt(5) == 0
                    ? call()
                    : call(
                            "user",
                            "u\"" + random.nextInt(3),
                            "team",
                            "t" + random.nextInt(2),
                            "session",
                            "s" + random.nextInt(4));
            Attribution call = new Attribution(
                    tags.tags(),
                    random.nextBoolean() ? "k" + random.nextInt(2) : null,
                    random.nextBoolean() ? "gpt-4o" : "o3",
                    random.nextInt(4) == 0 ? null : random.nextBoolean() ? "openai" : "groq");
            long lag = random.nextInt(10) == 0 ? random.nextInt(3_600_000) : random.nextInt(2_000);
            rows.add(SpentRows.row(
                    time.millis() - lag,
                    call,
                    random.nextInt(3) * (long) random.nextInt(1_000_000),
                    random.nextInt(500)));
        }
        return rows;
    }

    private Map<Place, List<Long>> recalled(BudgetJournal journal, List<BudgetRule> rules) {
        Map<Place, List<Long>> found = new HashMap<>();
        for (BudgetRule rule : rules) {
            journal.recall(rule, new History.Recalled() {
                @Override
                public void spent(List<String> account, long periodFrom, long nanos, long tokens) {
                    if (periodFrom
                            == rule.period().spanAt(time.millis(), rule.zone()).from()) {
                        found.put(new Place(rule.name(), account, periodFrom), List.of(nanos, tokens));
                    }
                }

                @Override
                public void reached(List<String> account, long periodFrom, String rungId, long atMillis) {}
            });
        }
        return found;
    }

    private Map<Place, List<Long>> expected(List<UsageRow> rows, List<BudgetRule> rules) {
        Map<Place, List<Long>> expected = new HashMap<>();
        for (BudgetRule rule : rules) {
            long current = rule.period().spanAt(time.millis(), rule.zone()).from();
            for (UsageRow row : rows) {
                Attribution call = new Attribution(
                        row.tags(),
                        row.key(),
                        row.call().modelAsked(),
                        row.call().provider());
                long nanos = row.metered().cost().nanos();
                long tokens = row.metered().report().usage().total()
                        + row.metered().report().others().stream()
                                .mapToLong(other -> other.usage().total())
                                .sum();
                boolean counts = rule.applies(call)
                        && rule.period().spanAt(row.atMillis(), rule.zone()).from() == current;
                if (counts && (nanos | tokens) != 0) {
                    expected.merge(
                            new Place(rule.name(), rule.accountOf(call), current),
                            List.of(nanos, tokens),
                            (a, b) -> List.of(a.get(0) + b.get(0), a.get(1) + b.get(1)));
                }
            }
        }
        return expected;
    }
}
