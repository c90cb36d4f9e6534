package io.tollgate.budget.usagelog.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.budget.report.LedgerReader;
import io.tollgate.budget.report.Period;
import io.tollgate.budget.usagelog.RandomRows;
import io.tollgate.budget.usagelog.StoreException;
import io.tollgate.budget.usagelog.UsageRow;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A ledger as the first release wrote it, with rows, becomes a current one. */
class FirstFormatTest {
    private static final long NOW = 1_795_000_000_000L;
    private static final InstantSource CLOCK = () -> Instant.ofEpochMilli(NOW);

    /** Word for word what the first release created; never to be changed. */
    private static final List<String> TABLES = List.of("""
            CREATE TABLE ledger_meta (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID""", """
            CREATE TABLE call_shape (
              id INTEGER PRIMARY KEY,
              key_id TEXT, dialect TEXT NOT NULL, operation TEXT NOT NULL, streamed INTEGER NOT NULL,
              provider TEXT, model_asked TEXT, model_sent TEXT, model_answered TEXT,
              route_rule TEXT NOT NULL, cache TEXT, cap_source TEXT,
              usage_source TEXT NOT NULL, finish TEXT, service_tier TEXT, price_version TEXT,
              attempt INTEGER NOT NULL, last INTEGER NOT NULL, status INTEGER NOT NULL, end TEXT NOT NULL
            ) STRICT""", """
            CREATE TABLE usage_row (
              seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, shape INTEGER NOT NULL REFERENCES call_shape (id),
              input INTEGER NOT NULL, cache_read INTEGER NOT NULL,
              cache_write_5m INTEGER NOT NULL, cache_write_1h INTEGER NOT NULL,
              output INTEGER NOT NULL, reasoning INTEGER NOT NULL, input_audio INTEGER NOT NULL,
              cache_read_audio INTEGER NOT NULL, output_audio INTEGER NOT NULL, web_searches INTEGER NOT NULL,
              cost_nanos INTEGER, baseline_nanos INTEGER, saved_nanos INTEGER, stated_cost_nanos INTEGER,
              gateway_us INTEGER NOT NULL, first_byte_us INTEGER, total_us INTEGER NOT NULL, cap INTEGER,
              request_id TEXT NOT NULL, session TEXT, tags TEXT, saved_by TEXT, route_reason TEXT, other_usage TEXT
            ) STRICT""", """
            CREATE VIEW usage AS SELECT
              strftime('%Y-%m-%dT%H:%M:%fZ', r.at / 1000.0, 'unixepoch') AS at, r.request_id, s.attempt, s.last,
              s.key_id, r.session, r.tags, s.dialect, s.operation, s.streamed, s.provider,
              s.model_asked, s.model_sent, s.model_answered, s.route_rule, r.route_reason, s.cache, r.cap, s.cap_source,
              r.input, r.cache_read, r.cache_write_5m, r.cache_write_1h, r.output, r.reasoning,
              r.input_audio, r.cache_read_audio, r.output_audio, r.web_searches, s.usage_source, s.finish, s.service_tier,
              s.price_version, r.cost_nanos, r.baseline_nanos, r.saved_nanos, r.saved_by, r.stated_cost_nanos,
              r.other_usage, r.gateway_us, r.first_byte_us, r.total_us, s.status, s.end, r.seq
            FROM usage_row r JOIN call_shape s ON s.id = r.shape""");

    private static final String ROW = "seq, at, shape, input, cache_read, cache_write_5m, cache_write_1h, output,"
            + " reasoning, input_audio, cache_read_audio, output_audio, web_searches, cost_nanos, baseline_nanos,"
            + " saved_nanos, stated_cost_nanos, gateway_us, first_byte_us, total_us, cap, request_id, session, tags,"
            + " saved_by, route_reason, other_usage";

    @TempDir
    Path data;

    @TempDir
    Path other;

    private static List<UsageRow> all(Path in) {
        return new LedgerReader(in)
                .requests(Period.EVER, Map.of(), 1000, null)
                .rows()
                .reversed();
    }

    /** The rows of the current file {@code from} in a file of the first format. */
    private void firstFormat(Path from) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:sqlite:" + LedgerFile.in(data).path());
                Statement statement = connection.createStatement()) {
            for (String table : TABLES) {
                statement.executeUpdate(table);
            }
            statement.executeUpdate("ATTACH '" + LedgerFile.in(from).path() + "' AS now");
            statement.executeUpdate("INSERT INTO ledger_meta SELECT name, value FROM now.ledger_meta");
            statement.executeUpdate("INSERT INTO call_shape SELECT * FROM now.call_shape");
            statement.executeUpdate(
                    "INSERT INTO usage_row (" + ROW + ") SELECT " + ROW + " FROM now.usage_row ORDER BY seq");
            statement.executeUpdate("PRAGMA application_id = " + Schema.APPLICATION_ID);
            statement.executeUpdate("PRAGMA user_version = 1");
        }
    }

    @Test
    void its_rows_are_kept_as_they_are_and_new_ones_follow() throws SQLException {
        List<UsageRow> rows = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            rows.add(RandomRows.plain(NOW - 300_000 + i * 1000L));
        }
        try (SqliteRowStore store = SqliteRowStore.open(other, CLOCK)) {
            store.write(rows);
        }
        firstFormat(other);
        assertThatThrownBy(() -> all(data))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("format 1")
                .hasMessageContaining("start the gateway on it once");

        UsageRow newer = new RandomRows(1).next(NOW - 1000, NOW);
        try (SqliteRowStore store = SqliteRowStore.open(data, CLOCK)) {
            assertThat(all(data)).isEqualTo(rows);
            store.write(List.of(newer));
        }
        rows.add(newer);
        SqliteRowStore.open(data, CLOCK).close();
        assertThat(all(data)).isEqualTo(rows);
        try (Connection connection = LedgerFile.in(data).openToRead();
                Statement statement = connection.createStatement();
                var result = statement.executeQuery("PRAGMA user_version")) {
            assertThat(result.getInt(1)).isEqualTo(Schema.CURRENT);
        }
    }
}
