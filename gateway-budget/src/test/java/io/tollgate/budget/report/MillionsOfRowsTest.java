package io.tollgate.budget.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.budget.ledger.TestTime;
import io.tollgate.budget.rollup.RollUps;
import io.tollgate.budget.usagelog.UsageRow;
import io.tollgate.budget.usagelog.sqlite.SqliteRowStore;
import io.tollgate.core.dialect.Operation;
import io.tollgate.core.exchange.End;
import io.tollgate.core.exchange.RequestIds;
import io.tollgate.core.exchange.Tags;
import io.tollgate.core.usage.Cost;
import io.tollgate.core.usage.Metered;
import io.tollgate.core.usage.Usage;
import io.tollgate.core.usage.UsageReport;
import io.tollgate.core.usage.UsageSource;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long questions take over a month with many rows. Opt-in: {@code mvn test -pl gateway-budget -am
 * -Dtest=MillionsOfRowsTest -Dtollgate.rows=10000000} needs some minutes and 3 GB of disk.
 */
@EnabledIfSystemProperty(named = "tollgate.rows", matches = "\\d+")
class MillionsOfRowsTest {
    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final Instant END = Instant.parse("2026-11-22T10:37:12.345Z");
    private static final Duration MONTH = Duration.ofDays(30);
    private static final int WRITTEN_AT_ONCE = 5_000;

    @TempDir
    Path data;

    /** A call of one of 200 users in 20 teams, for one of 5 features, to one of 6 models. */
    private static UsageRow row(long at, Random random) {
        int user = random.nextInt(200);
        int model = random.nextInt(6);
        long tokens = 200L + random.nextInt(4_000);
        long cost = tokens * (model + 1) * 150;
        String team = "team-" + user % 20;
        return new UsageRow(
                RequestIds.next(at),
                1,
                true,
                at,
                team,
                Tags.of(Map.of("team", team, "user", "user-" + user, "feature", "feature-" + random.nextInt(5))),
                new UsageRow.Call(
                        "openai-chat", Operation.GENERATE, true, "provider-" + model % 3, "model-0", "model-" + model),
                new UsageRow.Decisions("direct", null, null, -1, null),
                new Metered(
                        new UsageReport(
                                Usage.of(tokens, tokens / 4), UsageSource.PROVIDER, null, "stop", null, -1, List.of()),
                        new Cost(cost, "v1")),
                new UsageRow.Savings(cost * 2, Map.of("routing", cost)),
                new UsageRow.Latency(200, 310_000, (long) (Math.exp(random.nextGaussian() * 0.8) * 2_000_000)),
                random.nextInt(100) == 0 ? 500 : 200,
                End.COMPLETE);
    }

    @Test
    void a_question_about_thirty_days_is_answered_in_less_than_200_milliseconds() throws Exception {
        int rows = Integer.getInteger("tollgate.rows", 0);
        TestTime time = new TestTime(END.minus(MONTH).toString());
        Random random = new Random(1);
        try (SqliteRowStore store = SqliteRowStore.open(data, time)) {
            List<UsageRow> some = new ArrayList<>(WRITTEN_AT_ONCE);
            for (int i = 0; i < rows; i++) {
                long at = END.minus(MONTH).toEpochMilli() + MONTH.toMillis() * i / rows;
                time.set(Instant.ofEpochMilli(at));
                some.add(row(at, random));
                if (some.size() == WRITTEN_AT_ONCE || i == rows - 1) {
                    store.write(some);
                    some.clear();
                }
            }
            long begun = System.nanoTime();
            try (RollUps rollUps = new RollUps(data, UTC, () -> END)) {
                rollUps.catchUp();
            }
            System.out.printf("%d rows rolled up in %d ms%n", rows, millisSince(begun));
            Period month = new Period(END.minus(MONTH).toEpochMilli() + 1, END.toEpochMilli() + 1);
            ask(month, List.of("team", "model"), null);
            ask(month, List.of("team"), Bucket.DAY);
            ask(month, List.of(), Bucket.HOUR);
            ask(month, List.of("user"), null);
            ask(month, List.of("user", "feature", "model"), null);
        }
    }

    private void ask(Period period, List<String> by, @Nullable Bucket bucket) {
        UsageQuery query =
                new UsageQuery(period, Map.of(), by.stream().map(Dimension::of).toList(), bucket, UTC);
        LedgerReader reader = new LedgerReader(data);
        List<Long> took = new ArrayList<>();
        for (int i = 0; i < 15; i++) {
            long begun = System.nanoTime();
            assertThat(reader.usage(query).rows()).isNotEmpty();
            took.add(millisSince(begun));
        }
        long first = took.getFirst();
        long median = took.stream().sorted().toList().get(7);
        long begun = System.nanoTime();
        assertThat(reader.usageOfRows(query).total())
                .isEqualTo(reader.usage(query).total());
        System.out.printf(
                "%s by %s: first %d ms, median %d ms; rows %d ms%n", bucket, by, first, median, millisSince(begun));
        assertThat(median).as("%s by %s", bucket, by).isLessThan(200);
    }

    private static long millisSince(long nanoTime) {
        return (System.nanoTime() - nanoTime) / 1_000_000;
    }
}
