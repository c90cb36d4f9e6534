package io.tollgate.budget.journal;

import io.tollgate.budget.ledger.Attribution;
import io.tollgate.budget.ledger.BudgetRule;
import io.tollgate.budget.ledger.Period;
import io.tollgate.budget.usagelog.sqlite.SpendRows;
import io.tollgate.core.exchange.Tags;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Adds rows of the usage log up by budget, period and account; {@link #store} adds the sums to the file's. */
final class RollUp implements SpendRows.Sink {
    /** Sums held before they must be stored, about 200 bytes each. */
    static final int MOST_SUMS = 50_000;

    private static final String ADD = """
            INSERT INTO spent VALUES (?,?,?,?,?) ON CONFLICT DO UPDATE
            SET nanos = nanos + excluded.nanos, tokens = tokens + excluded.tokens""";

    private record Key(String budget, long periodFrom, List<String> account) {}

    private final List<Counter> counters = new ArrayList<>();
    private final Map<Key, long[]> sums = new HashMap<>();

    /** For these budgets. */
    RollUp(List<BudgetRule> rules) {
        for (BudgetRule rule : rules) {
            counters.add(new Counter(rule));
        }
    }

    @Override
    public void row(
            long atMillis,
            Tags tags,
            @Nullable String key,
            @Nullable String model,
            @Nullable String provider,
            long nanos,
            long tokens) {
        if ((nanos | tokens) == 0) {
            return;
        }
        Attribution call = new Attribution(tags, key, model, provider);
        for (Counter counter : counters) {
            if (counter.rule.applies(call)) {
                long[] sum = sums.computeIfAbsent(
                        new Key(counter.rule.name(), counter.periodAt(atMillis), counter.rule.accountOf(call)),
                        any -> new long[2]);
                sum[0] += nanos;
                sum[1] += tokens;
            }
        }
    }

    boolean isFull() {
        return sums.size() >= MOST_SUMS;
    }

    /** Within the transaction that is open. */
    void store(Connection connection) throws SQLException {
        try (PreparedStatement add = connection.prepareStatement(ADD)) {
            for (Map.Entry<Key, long[]> sum : sums.entrySet()) {
                add.setString(1, sum.getKey().budget());
                add.setLong(2, sum.getKey().periodFrom());
                add.setString(3, AccountText.of(sum.getKey().account()));
                add.setLong(4, sum.getValue()[0]);
                add.setLong(5, sum.getValue()[1]);
                add.addBatch();
            }
            add.executeBatch();
        }
        sums.clear();
    }

    /** A budget, and the period the latest row lay in: most rows lie in the same. */
    private static final class Counter {
        private final BudgetRule rule;
        private Period.@Nullable Span latest;

        Counter(BudgetRule rule) {
            this.rule = rule;
        }

        long periodAt(long atMillis) {
            Period.Span span = latest;
            if (span == null || atMillis < span.from() || atMillis >= span.to()) {
                span = rule.period().spanAt(atMillis, rule.zone());
                latest = span;
            }
            return span.from();
        }
    }
}
