package io.tollgate.budget.usagelog.sqlite;

import io.tollgate.budget.usagelog.UsageRow;
import io.tollgate.core.usage.Usage;
import io.tollgate.core.usage.UsageReport;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;

/** Lays rows out as columns of {@code usage_row}, in a batch that {@link #flush} sends. */
final class RowInserter implements AutoCloseable {
    private static final String INSERT =
            "INSERT INTO usage_row VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?"
                    + ",?".repeat(PromptColumns.COUNT) + ")";

    private final ShapeDictionary shapes;
    private final PreparedStatement insert;

    RowInserter(Connection connection) throws SQLException {
        shapes = new ShapeDictionary(connection);
        insert = connection.prepareStatement(INSERT);
    }

    void add(long seq, UsageRow row) throws SQLException {
        UsageReport report = row.metered().report();
        insert.setLong(1, seq);
        insert.setLong(2, row.atMillis());
        insert.setLong(3, shapes.idOf(Shape.of(row)));
        usage(report.usage());
        money(row);
        known(17, report.statedCostNanos());
        insert.setLong(18, row.latency().gatewayMicros());
        known(19, row.latency().firstByteMicros());
        insert.setLong(20, row.latency().totalMicros());
        known(21, row.decisions().cap());
        insert.setString(22, row.requestId());
        insert.setString(23, row.tags().get(JsonText.SESSION));
        insert.setString(24, JsonText.tags(row.tags()));
        insert.setString(26, row.decisions().routeReason());
        insert.setString(27, JsonText.others(report.others()));
        PromptColumns.bind(insert, 28, row.prompt());
        insert.addBatch();
    }

    private void usage(Usage usage) throws SQLException {
        insert.setLong(4, usage.input());
        insert.setLong(5, usage.cacheRead());
        insert.setLong(6, usage.cacheWrite5m());
        insert.setLong(7, usage.cacheWrite1h());
        insert.setLong(8, usage.output());
        insert.setLong(9, usage.reasoning());
        insert.setLong(10, usage.inputAudio());
        insert.setLong(11, usage.cacheReadAudio());
        insert.setLong(12, usage.outputAudio());
        insert.setLong(13, usage.webSearches());
    }

    /** An unknown price is null, never 0; and without a cost there is no baseline to save from. */
    private void money(UsageRow row) throws SQLException {
        if (row.metered().cost().isPriced()) {
            insert.setLong(14, row.metered().cost().nanos());
            insert.setLong(15, row.savings().baselineNanos());
            insert.setLong(16, row.savings().totalNanos());
            insert.setString(25, JsonText.saved(row.savings().byLever()));
        } else {
            insert.setNull(14, Types.INTEGER);
            insert.setNull(15, Types.INTEGER);
            insert.setNull(16, Types.INTEGER);
            insert.setNull(25, Types.VARCHAR);
        }
    }

    private void known(int column, long value) throws SQLException {
        if (value < 0) {
            insert.setNull(column, Types.INTEGER);
        } else {
            insert.setLong(column, value);
        }
    }

    void flush() throws SQLException {
        insert.executeBatch();
    }

    @Override
    public void close() throws SQLException {
        shapes.close();
        insert.close();
    }
}
