package io.tollgate.budget.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.budget.rollup.LatencyScale;
import io.tollgate.budget.usagelog.RandomRows;
import io.tollgate.budget.usagelog.UsageRow;
import io.tollgate.budget.usagelog.sqlite.SqliteRowStore;
import io.tollgate.core.exchange.End;
import io.tollgate.core.usage.Usage;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UsageSumsTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final List<String> NAMES = List.of(
            "team",
            "feature",
            "user",
            "session",
            "task",
            "environment",
            "key",
            "provider",
            "model",
            "model_asked",
            "route",
            "dialect",
            "cache",
            "end",
            "status",
            "tag:cost center");

    @TempDir
    Path data;

    private static long at(String local) {
        return ZonedDateTime.parse(local + "[Europe/Berlin]", DateTimeFormatter.ISO_ZONED_DATE_TIME)
                .toInstant()
                .toEpochMilli();
    }

    /** Rows around both changes of the clocks in Berlin, written in one go a while after they arrived. */
    private List<UsageRow> write(long seed, int count) {
        RandomRows random = new RandomRows(seed);
        List<UsageRow> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add(
                    i % 2 == 0
                            ? random.next(at("2026-10-24T20:00:00+02:00"), at("2026-10-26T04:00:00+01:00"))
                            : random.next(at("2026-03-28T20:00:00+01:00"), at("2026-03-31T04:00:00+02:00")));
        }
        Instant now = Instant.parse("2026-11-01T00:00:00Z");
        try (SqliteRowStore store = SqliteRowStore.open(data, () -> now)) {
            store.write(rows);
        }
        return rows;
    }

    @Test
    void sums_are_those_of_the_rows_for_any_grouping_bucket_filter_and_period() {
        long seed = 20_261_101;
        List<UsageRow> rows = write(seed, 1_500);
        Random random = new Random(seed);
        LedgerReader reader = new LedgerReader(data);
        for (int round = 0; round < 25; round++) {
            UsageQuery query = randomQuery(random, rows);
            String what = "seed " + seed + " round " + round + " " + query;
            UsageTable table = reader.usage(query);

            Map<String, List<UsageRow>> expected = new HashMap<>();
            for (UsageRow row : rows) {
                if (matches(query, row)) {
                    expected.computeIfAbsent(key(query, row), k -> new ArrayList<>())
                            .add(row);
                }
            }
            assertThat(table.rows()).as(what).hasSize(expected.size());
            for (UsageSummary summary : table.rows()) {
                List<UsageRow> group = Objects.requireNonNull(
                        expected.get(summary.bucket() + "|" + summary.group()), () -> what + ": " + summary.group());
                assertSum(what, summary, group);
            }
            assertSum(
                    what,
                    table.total(),
                    expected.values().stream().flatMap(Collection::stream).toList());
        }
    }

    private static UsageQuery randomQuery(Random random, List<UsageRow> rows) {
        List<Dimension> by = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            Dimension dimension = Dimension.of(NAMES.get(random.nextInt(NAMES.size())));
            if (!by.contains(dimension)) {
                by.add(dimension);
            }
        }
        Map<Dimension, String> where = new HashMap<>();
        if (random.nextInt(3) == 0) {
            Dimension dimension = Dimension.of(NAMES.get(random.nextInt(NAMES.size())));
            String value = value(dimension, rows.get(random.nextInt(rows.size())));
            if (value != null) {
                where.put(dimension, value);
            }
        }
        long a = rows.get(random.nextInt(rows.size())).atMillis();
        long b = rows.get(random.nextInt(rows.size())).atMillis();
        Period period = random.nextBoolean() ? Period.EVER : new Period(Math.min(a, b), Math.max(a, b) + 1);
        Bucket bucket = random.nextInt(3) == 0 ? null : List.of(Bucket.values()).get(random.nextInt(4));
        return new UsageQuery(period, where, by, bucket, random.nextInt(4) == 0 ? ZoneId.of("UTC") : BERLIN);
    }

    private static boolean matches(UsageQuery query, UsageRow row) {
        return row.atMillis() >= query.period().from()
                && row.atMillis() < query.period().to()
                && query.where().entrySet().stream()
                        .allMatch(each -> each.getValue().equals(value(each.getKey(), row)));
    }

    private static String key(UsageQuery query, UsageRow row) {
        List<@Nullable String> group = new ArrayList<>();
        query.by().forEach(dimension -> group.add(value(dimension, row)));
        return bucket(query, row) + "|" + group;
    }

    private static @Nullable String bucket(UsageQuery query, UsageRow row) {
        ZonedDateTime at = Instant.ofEpochMilli(row.atMillis()).atZone(query.zone());
        return switch (query.bucket()) {
            case null -> null;
            case HOUR -> at.format(DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:'00'xxx"));
            case DAY -> at.toLocalDate().toString();
            case WEEK ->
                at.toLocalDate()
                        .with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY))
                        .toString();
            case MONTH -> at.format(DateTimeFormatter.ofPattern("uuuu-MM"));
        };
    }

    private static @Nullable String value(Dimension dimension, UsageRow row) {
        if (dimension.tag() != null) {
            return row.tags().get(dimension.tag());
        }
        return switch (dimension.name()) {
            case "session" -> row.tags().get("session");
            case "key" -> row.key();
            case "provider" -> row.call().provider();
            case "model" ->
                row.call().modelSent() != null
                        ? row.call().modelSent()
                        : row.call().modelAsked();
            case "model_asked" -> row.call().modelAsked();
            case "route" -> row.decisions().routeRule();
            case "dialect" -> row.call().dialect();
            case "cache" -> row.decisions().cache();
            case "end" -> row.end().wireName();
            case "status" -> Integer.toString(row.status());
            default -> throw new IllegalArgumentException(dimension.name());
        };
    }

    private static void assertSum(String what, UsageSummary sum, List<UsageRow> rows) {
        List<UsageRow> last = rows.stream().filter(UsageRow::last).toList();
        List<UsageRow> answered =
                last.stream().filter(row -> row.end() != End.REFUSED).toList();
        Map<String, Long> saved = new TreeMap<>();
        rows.forEach(row -> row.savings().byLever().forEach((lever, nanos) -> saved.merge(lever, nanos, Long::sum)));
        long cost = rows.stream().mapToLong(row -> row.metered().cost().nanos()).sum();
        assertThat(sum.requests()).as(what).isEqualTo(last.size());
        assertThat(sum.attempts()).as(what).isEqualTo(rows.size());
        assertThat(sum.usage())
                .as(what)
                .isEqualTo(
                        rows.stream().map(row -> row.metered().report().usage()).reduce(Usage.ZERO, Usage::plus));
        assertThat(sum.costNanos()).as(what).isEqualTo(cost);
        assertThat(sum.savedNanos()).as(what).isEqualTo(saved);
        assertThat(sum.savedTotalNanos())
                .as(what)
                .isEqualTo(saved.values().stream().mapToLong(Long::longValue).sum());
        assertThat(sum.baselineNanos()).as(what).isEqualTo(cost + sum.savedTotalNanos());
        assertThat(sum.unpriced())
                .as(what)
                .isEqualTo(rows.stream()
                        .filter(row -> !row.metered().cost().isPriced())
                        .count());
        assertThat(sum.cacheHits())
                .as(what)
                .isEqualTo(last.stream()
                        .filter(row -> row.decisions().cache() != null
                                && List.of("hit", "semantic-hit", "coalesced")
                                        .contains(row.decisions().cache()))
                        .count());
        assertThat(sum.refused()).as(what).isEqualTo(last.size() - answered.size());
        assertThat(sum.errors())
                .as(what)
                .isEqualTo(answered.stream()
                        .filter(row ->
                                row.status() >= 400 || row.end() == End.UPSTREAM_FAILED || row.end() == End.TIMED_OUT)
                        .count());
        long[] micros = answered.stream()
                .mapToLong(row -> row.latency().totalMicros())
                .sorted()
                .toArray();
        assertThat(sum.p50Micros()).as(what).isEqualTo(rank(micros, 0.5));
        assertThat(sum.p95Micros()).as(what).isEqualTo(rank(micros, 0.95));
    }

    private static long rank(long[] sorted, double quantile) {
        return sorted.length == 0
                ? -1
                : LatencyScale.rounded(sorted[(int) Math.ceil(sorted.length * quantile - 1e-9) - 1]);
    }

    @Test
    void the_hour_that_comes_twice_counts_as_two_and_the_day_has_25_hours() {
        Instant now = Instant.parse("2026-11-01T00:00:00Z");
        try (SqliteRowStore store = SqliteRowStore.open(data, () -> now)) {
            store.write(List.of(
                    RandomRows.plain(at("2026-10-25T00:00:00+02:00")),
                    RandomRows.plain(at("2026-10-25T02:30:00+02:00")),
                    RandomRows.plain(at("2026-10-25T02:30:00+01:00")),
                    RandomRows.plain(at("2026-10-25T23:59:59+01:00")),
                    RandomRows.plain(at("2026-10-26T00:00:00+01:00"))));
        }
        LedgerReader reader = new LedgerReader(data);
        UsageQuery hours = new UsageQuery(Period.EVER, Map.of(), List.of(), Bucket.HOUR, BERLIN);
        UsageQuery days = new UsageQuery(Period.EVER, Map.of(), List.of(), Bucket.DAY, BERLIN);
        assertThat(reader.usage(hours).rows())
                .extracting(UsageSummary::bucket)
                .containsExactly(
                        "2026-10-25T00:00+02:00",
                        "2026-10-25T02:00+02:00",
                        "2026-10-25T02:00+01:00",
                        "2026-10-25T23:00+01:00",
                        "2026-10-26T00:00+01:00");
        assertThat(reader.usage(days).rows()).extracting(UsageSummary::requests).containsExactly(4L, 1L);
    }

    @Test
    void rows_of_a_long_answer_are_found_in_the_period_they_arrived_in() {
        long arrived = at("2026-10-25T00:00:00+02:00");
        long written = arrived + 6 * 3_600_000;
        try (SqliteRowStore store = SqliteRowStore.open(data, () -> Instant.ofEpochMilli(written))) {
            store.write(List.of(RandomRows.plain(arrived), RandomRows.plain(written)));
        }
        UsageQuery query = new UsageQuery(new Period(arrived, arrived + 1), Map.of(), List.of(), null, BERLIN);
        assertThat(new LedgerReader(data).usage(query).total().requests()).isEqualTo(1);
    }

    @Test
    void an_empty_period_sums_to_nothing() {
        write(1, 10);
        UsageTable table = new LedgerReader(data)
                .usage(new UsageQuery(new Period(0, 1), Map.of(), List.of(Dimension.of("team")), Bucket.DAY, BERLIN));
        assertThat(table.rows()).isEmpty();
        assertThat(table.total().requests()).isZero();
        assertThat(table.total().p95Micros()).isEqualTo(-1);
    }

    @Test
    void pages_of_filtered_rows_are_complete_and_newest_first() {
        List<UsageRow> rows = write(7, 500);
        Map<Dimension, String> where = Map.of(Dimension.of("route"), "rule1");
        List<UsageRow> seen = new ArrayList<>();
        String before = null;
        do {
            RowPage page = new LedgerReader(data).requests(Period.EVER, where, 50, before);
            seen.addAll(page.rows());
            before = page.next();
        } while (before != null);
        assertThat(seen)
                .isEqualTo(rows.reversed().stream()
                        .filter(row -> row.decisions().routeRule().equals("rule1"))
                        .toList());
        assertThatThrownBy(() -> new LedgerReader(data).requests(Period.EVER, where, 50, "x' OR 1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("x' OR 1");
        assertThatThrownBy(() -> new LedgerReader(data).requests(Period.EVER, where, 1001, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 to 1000");
    }
}
