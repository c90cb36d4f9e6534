package io.tollgate.budget.rollup;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The file's single values. */
final class Marks {
    private final Connection connection;

    Marks(Connection connection) {
        this.connection = connection;
    }

    @Nullable
    String text(String name) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT value FROM mark WHERE name = ?")) {
            select.setString(1, name);
            ResultSet result = select.executeQuery();
            return result.next() ? result.getString(1) : null;
        }
    }

    long number(String name, long otherwise) throws SQLException {
        String text = text(name);
        return text == null ? otherwise : Long.parseLong(text);
    }

    void set(String name, Object value) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT OR REPLACE INTO mark VALUES (?,?)")) {
            insert.setString(1, name);
            insert.setString(2, value.toString());
            insert.executeUpdate();
        }
    }
}
