package io.tollgate.budget.usagelog.sqlite;

import io.tollgate.budget.usagelog.StoreException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * The ledger's tables and how an older file becomes a current one. {@code PRAGMA application_id} says whose file it is,
 * {@code PRAGMA user_version} counts the migrations it has been through.
 */
public final class Schema {
    /** The letters TOLL, big-endian. */
    static final int APPLICATION_ID = 0x544F4C4C;

    /**
     * Each entry brings a file from the version of its index to the next. Entries are never changed once released.
     *
     * <p>{@code usage_row} has no index besides its key, which makes writing a pure append: {@code seq} holds the time
     * of writing ({@link Sequence}), and ranges of {@code at} become ranges of {@code seq}. What is the same in many
     * rows stands once, in {@code call_shape}: half the bytes and a third of the writer's time.
     */
    private static final List<List<String>> MIGRATIONS = List.of(List.of("""
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
            FROM usage_row r JOIN call_shape s ON s.id = r.shape"""), PromptColumns.MIGRATION);

    /** The version this program reads and writes. */
    static final int CURRENT = MIGRATIONS.size();

    private Schema() {}

    /** Makes an empty or older file current; refuses a foreign or newer one. Not in a transaction when called. */
    static void bringUpToDate(Connection connection, String file) throws SQLException {
        int version = versionOf(connection, file);
        if (version == CURRENT) {
            return;
        }
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            for (List<String> step : MIGRATIONS.subList(version, CURRENT)) {
                for (String sql : step) {
                    statement.executeUpdate(sql);
                }
            }
            statement.executeUpdate("PRAGMA application_id = " + APPLICATION_ID);
            statement.executeUpdate("PRAGMA user_version = " + CURRENT);
            connection.commit();
        } finally {
            connection.setAutoCommit(true);
        }
    }

    /** Refuses what cannot be read as it stands. */
    public static void requireCurrent(Connection connection, String file) throws SQLException {
        int version = versionOf(connection, file);
        if (version < CURRENT) {
            throw new StoreException(file + " has the ledger's format " + version + ", this program reads " + CURRENT
                    + ": start the gateway on it once, which brings it up to date");
        }
    }

    private static int versionOf(Connection connection, String file) throws SQLException {
        int application = number(connection, "PRAGMA application_id");
        int version = number(connection, "PRAGMA user_version");
        boolean empty = number(connection, "SELECT count(*) FROM sqlite_schema") == 0;
        if (application != APPLICATION_ID && !(empty && application == 0 && version == 0)) {
            throw new StoreException(file + " is an SQLite database, but not a ledger of Tollgate's"
                    + " (application_id " + application + ", expected " + APPLICATION_ID + ")");
        }
        if (version > CURRENT) {
            throw new StoreException(file + " was written by a newer Tollgate: its format is " + version
                    + ", this one knows up to " + CURRENT);
        }
        return version;
    }

    private static int number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            return result.next() ? result.getInt(1) : 0;
        }
    }
}
