package io.tollgate.budget.usagelog.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tollgate.budget.report.LedgerReader;
import io.tollgate.budget.report.Period;
import io.tollgate.budget.usagelog.RandomRows;
import io.tollgate.budget.usagelog.StoreException;
import io.tollgate.budget.usagelog.UsageRow;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteRowStoreTest {
    private static final long NOW = 1_795_000_000_000L;
    private static final long DAY = 86_400_000;
    private static final long SEED = 42;

    @TempDir
    Path data;

    private SqliteRowStore open() {
        return SqliteRowStore.open(data, () -> java.time.Instant.ofEpochMilli(NOW));
    }

    private List<UsageRow> all() {
        List<UsageRow> rows = new ArrayList<>();
        String before = null;
        do {
            var page = new LedgerReader(data).requests(Period.EVER, Map.of(), 300, before);
            rows.addAll(page.rows());
            before = page.next();
        } while (before != null);
        return rows;
    }

    private void sql(Path file, String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.executeUpdate(each);
            }
        }
    }

    @Test
    void every_field_comes_back_as_it_was_written_newest_first() {
        RandomRows random = new RandomRows(SEED);
        List<UsageRow> rows = new ArrayList<>();
        try (SqliteRowStore store = open()) {
            for (int i = 0; i < 400; i++) {
                UsageRow row = random.next(NOW - DAY, NOW);
                rows.addFirst(row);
                store.write(List.of(row));
            }
            assertThat(all()).as("seed %d", SEED).isEqualTo(rows);
        }
        assertThat(all()).as("after closing, seed %d", SEED).isEqualTo(rows);
    }

    @Test
    void a_reopened_ledger_goes_on_where_it_ended() {
        UsageRow first = RandomRows.plain(NOW - 10);
        UsageRow second = RandomRows.plain(NOW - 5);
        try (SqliteRowStore store = open()) {
            store.write(List.of(first));
        }
        // A clock that went back must not make the newer row the older one.
        try (SqliteRowStore store = SqliteRowStore.open(data, () -> java.time.Instant.ofEpochMilli(NOW - DAY))) {
            store.write(List.of(second));
        }
        assertThat(all()).containsExactly(second, first);
    }

    @Test
    void what_many_rows_share_is_stored_once_also_after_a_restart() throws SQLException {
        for (int run = 0; run < 2; run++) {
            try (SqliteRowStore store = open()) {
                store.write(List.of(RandomRows.plain(NOW), RandomRows.plain(NOW + 1)));
            }
        }
        try (Connection connection = LedgerFile.in(data).openToRead();
                Statement statement = connection.createStatement();
                var result = statement.executeQuery(
                        "SELECT count(*), (SELECT count(*) FROM usage WHERE model_sent = 'gpt-4o-mini') FROM call_shape")) {
            assertThat(result.getInt(1)).isEqualTo(1);
            assertThat(result.getInt(2)).isEqualTo(4);
        }
    }

    @Test
    void more_shapes_than_memory_holds_are_still_told_apart() {
        List<UsageRow> rows = new ArrayList<>();
        try (SqliteRowStore store = open()) {
            for (int i = 0; i < ShapeDictionary.CAPACITY + 200; i++) {
                UsageRow r = RandomRows.plain(NOW + i);
                rows.add(new UsageRow(
                        r.requestId(),
                        1,
                        true,
                        r.atMillis(),
                        "key-" + i,
                        r.tags(),
                        r.call(),
                        r.decisions(),
                        r.metered(),
                        r.savings(),
                        r.latency(),
                        200,
                        r.end()));
            }
            store.write(rows);
        }
        assertThat(all().reversed()).isEqualTo(rows);
    }

    @Test
    void a_request_is_found_by_an_id_of_ours_and_by_a_foreign_one() {
        RandomRows random = new RandomRows(SEED);
        List<UsageRow> rows = new ArrayList<>();
        try (SqliteRowStore store = open()) {
            for (int i = 0; i < 300; i++) {
                rows.add(random.next(NOW - 30 * DAY, NOW));
            }
            store.write(rows);
            LedgerReader reader = new LedgerReader(data);
            for (UsageRow row : rows) {
                assertThat(reader.request(row.requestId())).containsExactly(row);
            }
            assertThat(reader.request("nobody")).isEmpty();
            assertThat(reader.request("01arz3ndektsv4rrffq69g5fav")).isEmpty();
        }
    }

    @Test
    void a_second_gateway_on_the_same_directory_is_refused_until_the_first_is_gone() {
        try (SqliteRowStore store = open()) {
            assertThat(store.walBytes()).isNotNegative();
            assertThatThrownBy(this::open)
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("another gateway already writes to " + data);
        }
        open().close();
    }

    @Test
    void only_the_owner_can_read_it() throws Exception {
        Path nested = data.resolve("var/tollgate");
        SqliteRowStore.open(nested, InstantSource.system()).close();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(nested)))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(LedgerFile.in(nested).path())))
                .isEqualTo("rw-------");
    }

    @Test
    void a_file_that_is_no_database_is_refused_and_left_alone() throws Exception {
        Path file = LedgerFile.in(data).path();
        Files.writeString(file, "This is somebody's diary. ".repeat(100));
        assertThatThrownBy(this::open)
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("not a database");
        assertThat(Files.readString(file)).startsWith("This is somebody's diary");
    }

    @Test
    void another_programs_database_is_refused() throws Exception {
        Path file = LedgerFile.in(data).path();
        sql(file, "CREATE TABLE diary (entry TEXT)");
        assertThatThrownBy(this::open)
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("not a ledger of Tollgate's");
    }

    @Test
    void a_newer_gateways_ledger_is_refused() throws Exception {
        open().close();
        sql(LedgerFile.in(data).path(), "PRAGMA user_version = " + (Schema.CURRENT + 1));
        assertThatThrownBy(this::open)
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("written by a newer Tollgate");
        assertThatThrownBy(this::all)
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("written by a newer Tollgate");
    }

    @Test
    void a_directory_without_a_ledger_is_said_to_have_none() {
        assertThatThrownBy(this::all).isInstanceOf(StoreException.class).hasMessageContaining("no ledger at");
        assertThat(data).isEmptyDirectory();
    }

    @Test
    void a_write_that_fails_keeps_nothing_and_the_next_one_starts_over() {
        AtomicBoolean readOnly = new AtomicBoolean();
        Supplier<Connection> connections = () -> {
            Connection connection = LedgerFile.in(data).openToWrite();
            if (readOnly.get()) {
                try (Statement statement = connection.createStatement()) {
                    statement.execute("PRAGMA query_only = ON");
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            }
            return connection;
        };
        UsageRow row = RandomRows.plain(NOW);
        readOnly.set(true);
        try (SqliteRowStore store = SqliteRowStore.open(data, connections, () -> java.time.Instant.ofEpochMilli(NOW))) {
            assertThatThrownBy(() -> store.write(List.of(row)))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining(LedgerFile.in(data).path().toString());
            assertThat(all()).isEmpty();
            readOnly.set(false);
            store.write(List.of(row));
            assertThat(all()).containsExactly(row);
        }
    }

    @Test
    void a_full_disk_loses_nothing_that_was_committed_and_heals() throws SQLException {
        AtomicBoolean full = new AtomicBoolean(true);
        Supplier<Connection> connections = () -> {
            Connection connection = LedgerFile.in(data).openToWrite();
            if (full.get()) {
                try (Statement statement = connection.createStatement()) {
                    statement.execute("PRAGMA max_page_count = 12");
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            }
            return connection;
        };
        List<UsageRow> written = new ArrayList<>();
        try (SqliteRowStore store = SqliteRowStore.open(data, connections, () -> java.time.Instant.ofEpochMilli(NOW))) {
            UsageRow refused = null;
            while (refused == null) {
                UsageRow row = RandomRows.plain(NOW + written.size());
                try {
                    store.write(List.of(row));
                    written.add(row);
                } catch (StoreException e) {
                    assertThat(e).hasMessageContaining("full");
                    refused = row;
                }
            }
            assertThat(all().reversed()).isEqualTo(written);
            full.set(false);
            store.write(List.of(refused));
            written.add(refused);
            assertThat(all().reversed()).isEqualTo(written);
        }
    }

    @Test
    void the_write_ahead_log_is_cut_back_although_somebody_reads_all_the_time() throws Exception {
        AtomicBoolean reading = new AtomicBoolean(true);
        try (SqliteRowStore store = open()) {
            store.write(List.of(RandomRows.plain(NOW)));
            Thread reader = Thread.ofPlatform().start(() -> {
                while (reading.get()) {
                    new LedgerReader(data).requests(Period.EVER, Map.of(), 100, null);
                }
            });
            long most = 0;
            List<UsageRow> batch = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                batch.add(RandomRows.plain(NOW + i));
            }
            for (int i = 0; i < 60; i++) {
                store.write(batch);
                most = Math.max(most, store.walBytes());
            }
            assertThat(most).isGreaterThan(4 << 20);
            await().atMost(Duration.ofSeconds(15)).untilAsserted(() -> {
                store.write(List.of(RandomRows.plain(NOW)));
                assertThat(store.walBytes()).isLessThan(4 << 20);
            });
            reading.set(false);
            reader.join();
        }
    }
}
