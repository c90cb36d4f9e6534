package io.tollgate.budget.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.budget.rollup.Combination;
import io.tollgate.budget.rollup.RollUpSnapshot;
import io.tollgate.budget.rollup.RollUps;
import io.tollgate.budget.usagelog.RandomRows;
import io.tollgate.budget.usagelog.UsageRow;
import io.tollgate.budget.usagelog.sqlite.LedgerFile;
import io.tollgate.budget.usagelog.sqlite.SqliteRowStore;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Roll-ups against the rows they are made of. */
class RolledSumsTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    /** The clocks are set back in the night before the last day but three. */
    private static final Instant NOW = Instant.parse("2026-10-28T09:17:23.456Z");

    private static final int PLENTY = 1_000_000;

    @TempDir
    Path data;

    private final InstantSource clock = () -> NOW;

    private List<UsageRow> write(Random random, SqliteRowStore store, int count) {
        RandomRows rows = new RandomRows(random.nextLong());
        List<UsageRow> written = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long span = Duration.ofDays(random.nextBoolean() ? 70 : 5).toMillis();
            written.add(rows.next(NOW.toEpochMilli() - span, NOW.toEpochMilli()));
        }
        store.write(written);
        return written;
    }

    /** From roll-ups, or null where they cannot tell. */
    private @Nullable UsageTable rolled(UsageQuery query) throws Exception {
        try (RollUpSnapshot rolled = RollUpSnapshot.open(data);
                Connection ledger = LedgerFile.in(data).openToRead()) {
            return RolledSums.table(Objects.requireNonNull(rolled), ledger, query);
        }
    }

    private UsageQuery query(Random random, List<UsageRow> rows) {
        List<Dimension> by = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            Dimension dimension = Dimension.of(one(random, Combination.DIMENSIONS));
            if (!by.contains(dimension)) {
                by.add(dimension);
            }
        }
        Map<Dimension, String> where = new HashMap<>();
        if (random.nextInt(3) == 0) {
            where.put(Dimension.of("model"), "sent" + random.nextInt(3));
        }
        long a = one(random, rows).atMillis();
        long b = one(random, rows).atMillis();
        long unit = one(random, List.of(1L, 60_000L, 3_600_000L, 86_400_000L));
        Period period = random.nextInt(4) == 0
                ? Period.EVER
                : new Period(Math.min(a, b) / unit * unit, (Math.max(a, b) / unit + 1) * unit);
        Bucket bucket = random.nextInt(3) == 0 ? null : one(random, List.of(Bucket.values()));
        List<ZoneId> zones =
                List.of(BERLIN, ZoneId.of("UTC"), ZoneId.of("Asia/Kolkata"), ZoneId.of("America/New_York"));
        return new UsageQuery(period, where, by, bucket, one(random, zones));
    }

    private static <T> T one(Random random, List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void they_answer_every_question_they_answer_at_all_as_the_rows_do(long seed) throws Exception {
        Random random = new Random(seed);
        List<UsageRow> rows = new ArrayList<>();
        int answered = 0;
        try (SqliteRowStore store = SqliteRowStore.open(data, clock)) {
            for (int round = 0; round < 5; round++) {
                rows.addAll(write(random, store, 1 + random.nextInt(150)));
                // A process of its own each time; some stop before they have all, and some units have too many cells.
                try (RollUps rollUps = new RollUps(
                        data, BERLIN, clock, 1 + random.nextInt(60), seed % 2 == 0 ? 4 + random.nextInt(30) : PLENTY)) {
                    for (int steps = 1 + random.nextInt(6); steps > 0; steps--) {
                        rollUps.step();
                    }
                }
                for (int i = 0; i < 10; i++) {
                    UsageQuery query = query(random, rows);
                    UsageTable rolled = rolled(query);
                    if (rolled != null) {
                        answered++;
                        assertThat(rolled)
                                .as("seed %d round %d: %s", seed, round, query)
                                .isEqualTo(new LedgerReader(data).usageOfRows(query));
                    }
                }
            }
        }
        assertThat(answered).isGreaterThan(15);
    }

    @Test
    void every_single_grouping_adds_up_to_the_rows() throws Exception {
        Random random = new Random(7);
        try (SqliteRowStore store = SqliteRowStore.open(data, clock);
                RollUps rollUps = new RollUps(data, BERLIN, clock, 100, PLENTY)) {
            write(random, store, 1_000);
            rollUps.catchUp();
        }
        for (String name : Combination.DIMENSIONS) {
            for (Bucket bucket : Bucket.values()) {
                UsageQuery query = new UsageQuery(Period.EVER, Map.of(), List.of(Dimension.of(name)), bucket, BERLIN);
                UsageTable rolled = bucket == Bucket.HOUR ? new LedgerReader(data).usage(query) : rolled(query);
                assertThat(rolled).as(name).isEqualTo(new LedgerReader(data).usageOfRows(query));
            }
        }
    }

    @Test
    void what_is_not_rolled_up_is_answered_from_the_rows() throws Exception {
        try (SqliteRowStore store = SqliteRowStore.open(data, clock);
                RollUps rollUps = new RollUps(data, BERLIN, clock, 100, PLENTY)) {
            write(new Random(8), store, 100);
            rollUps.catchUp();
        }
        for (String name :
                List.of("session", "status", "end", "cache", "dialect", "model_asked", "tag:cost center", "tag:key")) {
            UsageQuery query = new UsageQuery(Period.EVER, Map.of(), List.of(Dimension.of(name)), null, BERLIN);
            assertThat(rolled(query)).as(name).isNull();
            assertThat(new LedgerReader(data).usage(query).total().attempts()).isEqualTo(100);
        }
        UsageQuery query = new UsageQuery(Period.EVER, Map.of(), List.of(Dimension.of("tag:team")), null, BERLIN);
        assertThat(rolled(query)).isEqualTo(new LedgerReader(data).usageOfRows(query));
    }

    @Test
    void a_damaged_file_is_read_past_and_made_again() throws Exception {
        UsageQuery query = new UsageQuery(Period.EVER, Map.of(), List.of(Dimension.of("team")), Bucket.DAY, BERLIN);
        try (SqliteRowStore store = SqliteRowStore.open(data, clock)) {
            write(new Random(9), store, 500);
            try (RollUps rollUps = new RollUps(data, BERLIN, clock, 100, PLENTY)) {
                rollUps.catchUp();
            }
            Path file = data.resolve("rollups.sqlite");
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                for (long page = 4096; page < Files.size(file); page += 4096) {
                    channel.write(java.nio.ByteBuffer.wrap(new byte[512]), page);
                }
            }
            UsageTable rows = new LedgerReader(data).usageOfRows(query);
            assertThat(new LedgerReader(data).usage(query)).isEqualTo(rows);
            try (RollUps rollUps = new RollUps(data, BERLIN, clock, 100, PLENTY)) {
                rollUps.catchUp();
            }
            assertThat(rolled(query)).isEqualTo(rows);
            Files.writeString(file, "not a database at all, but long enough to be looked at by SQLite, which says so");
            try (RollUps rollUps = new RollUps(data, BERLIN, clock, 100, PLENTY)) {
                rollUps.catchUp();
            }
            assertThat(rolled(query)).isEqualTo(rows);
        }
    }

    @Test
    void roll_ups_of_another_ledger_or_zone_are_made_again() throws Exception {
        UsageQuery query = new UsageQuery(Period.EVER, Map.of(), List.of(), Bucket.DAY, BERLIN);
        try (SqliteRowStore store = SqliteRowStore.open(data, clock);
                RollUps rollUps = new RollUps(data, BERLIN, clock, 100, PLENTY)) {
            write(new Random(10), store, 300);
            rollUps.catchUp();
        }
        for (String suffix : List.of("", "-wal", "-shm")) {
            Files.deleteIfExists(data.resolve("ledger.sqlite" + suffix));
        }
        try (SqliteRowStore store = SqliteRowStore.open(data, clock);
                RollUps rollUps = new RollUps(data, BERLIN, clock, 100, PLENTY)) {
            write(new Random(11), store, 200);
            assertThat(rolled(query)).isNull();
            assertThat(new LedgerReader(data).usage(query).total().attempts()).isEqualTo(200);
            rollUps.catchUp();
            assertThat(rolled(query)).isEqualTo(new LedgerReader(data).usageOfRows(query));
            rollUps.zone(ZoneId.of("UTC"));
            rollUps.catchUp();
            assertThat(rolled(query)).isEqualTo(new LedgerReader(data).usageOfRows(query));
        }
    }
}
