package io.tollgate.budget.usagelog.sqlite;

import io.tollgate.budget.usagelog.UsageRow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** One connection's writing: its statements, and what it knows of the tables. Thrown away after any failure. */
final class WriteSession implements AutoCloseable {
    private static final long LEAST_LAG_MILLIS = 60_000;

    private final Connection connection;
    private final RowInserter inserter;
    private final Sequence sequence;
    private long maxLagMillis;

    WriteSession(Connection connection) throws SQLException {
        this.connection = connection;
        try {
            sequence = new Sequence(number("SELECT coalesce(max(seq), 0) FROM usage_row"));
            maxLagMillis = number(Sequence.MAX_LAG);
            inserter = new RowInserter(connection);
            connection.setAutoCommit(false);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    void write(List<UsageRow> rows, long nowMillis) throws SQLException {
        long lag = 0;
        for (UsageRow row : rows) {
            long seq = sequence.next(nowMillis, row.atMillis());
            lag = Math.max(lag, Sequence.millis(seq) - row.atMillis());
            inserter.add(seq, row);
        }
        inserter.flush();
        if (lag > maxLagMillis) {
            storeLag(lag);
        }
        connection.commit();
    }

    /** In the rows' own transaction, so that no reader sees a row outside the range it would look in. */
    private void storeLag(long lag) throws SQLException {
        // Rounded up to a power of two: the number of such updates is small however the lag creeps.
        long rounded = Math.max(LEAST_LAG_MILLIS, Long.highestOneBit(lag) << 1);
        try (PreparedStatement update =
                connection.prepareStatement("INSERT OR REPLACE INTO ledger_meta VALUES ('max_lag_millis', ?)")) {
            update.setLong(1, rounded);
            update.executeUpdate();
        }
        maxLagMillis = rounded;
    }

    /** Moves everything into the database file and empties the write-ahead log. */
    void emptyWal() throws SQLException {
        connection.setAutoCommit(true);
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
        }
    }

    private long number(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            return result.next() ? result.getLong(1) : 0;
        }
    }

    /** Rolls back what was not committed. */
    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
