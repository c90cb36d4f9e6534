package io.tollgate.budget.rollup;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The rolled-up values of a row's tags. SQLite reads them, so that they are to the letter those of a query on the rows. */
final class RowTags implements AutoCloseable {
    private static final String SELECT = "SELECT json_extract(?1, '$.\"team\"'), json_extract(?1, '$.\"feature\"'),"
            + " json_extract(?1, '$.\"environment\"'), json_extract(?1, '$.\"user\"'), json_extract(?1, '$.\"task\"')";
    private static final int COUNT = 5;
    private static final @Nullable String[] NONE = new @Nullable String[COUNT];

    private final PreparedStatement select;

    RowTags(Connection ledger) throws SQLException {
        select = ledger.prepareStatement(SELECT);
    }

    /** Team, feature, environment, user, task. */
    @Nullable
    String[] of(@Nullable String text) throws SQLException {
        if (text == null) {
            return NONE;
        }
        @Nullable String[] values = new @Nullable String[COUNT];
        select.setString(1, text);
        try (ResultSet row = select.executeQuery()) {
            row.next();
            for (int i = 0; i < COUNT; i++) {
                values[i] = row.getString(i + 1);
            }
        }
        return values;
    }

    @Override
    public void close() throws SQLException {
        select.close();
    }
}
