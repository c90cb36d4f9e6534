package io.tollgate.budget.alerts;

import io.tollgate.budget.ladder.Level;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads alerts and deliveries from the journal's tables. */
final class AlertRows {
    private AlertRows() {}

    /** From the columns seq, id, at, kind, severity, subject, title, text, facts, which begin the row. */
    static Alert alert(ResultSet row) throws SQLException {
        return new Alert(
                row.getString(2),
                Instant.ofEpochMilli(row.getLong(3)),
                Alert.Kind.of(row.getString(4)),
                Level.valueOf(row.getString(5)),
                row.getString(6),
                row.getString(7),
                row.getString(8),
                row.getString(9));
    }

    static List<AlertEntry> page(Connection connection, long before, int limit) throws SQLException {
        List<AlertEntry> page = new ArrayList<>();
        try (PreparedStatement select =
                connection.prepareStatement("SELECT seq, id, at, kind, severity, subject, title, text, facts FROM alert"
                        + " WHERE seq < ? ORDER BY seq DESC LIMIT ?")) {
            select.setLong(1, before);
            select.setInt(2, limit);
            ResultSet result = select.executeQuery();
            while (result.next()) {
                page.add(new AlertEntry(result.getLong(1), alert(result), deliveries(connection, result.getLong(1))));
            }
        }
        return page;
    }

    /** What waits for a channel, the earliest first. */
    static List<Pending> pending(Connection connection, String channel, int limit) throws SQLException {
        List<Pending> pending = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT a.seq, a.id, a.at, a.kind, a.severity, a.subject, a.title, a.text, a.facts,"
                        + " d.attempts, d.raised_at, d.next_at FROM delivery d JOIN alert a ON a.seq = d.alert"
                        + " WHERE d.channel = ? AND d.state = 'pending' ORDER BY d.next_at, d.alert LIMIT ?")) {
            select.setString(1, channel);
            select.setInt(2, limit);
            ResultSet result = select.executeQuery();
            while (result.next()) {
                pending.add(new Pending(
                        result.getLong(1), alert(result), result.getInt(10), result.getLong(11), result.getLong(12)));
            }
        }
        return pending;
    }

    private static List<Delivery> deliveries(Connection connection, long seq) throws SQLException {
        List<Delivery> deliveries = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT channel, state, attempts, next_at, ended_at, error FROM delivery WHERE alert = ?"
                        + " ORDER BY channel")) {
            select.setLong(1, seq);
            ResultSet result = select.executeQuery();
            while (result.next()) {
                deliveries.add(new Delivery(
                        result.getString(1),
                        Delivery.State.valueOf(result.getString(2).toUpperCase(Locale.ROOT)),
                        result.getInt(3),
                        orNull(result, 4),
                        orNull(result, 5),
                        result.getString(6)));
            }
        }
        return deliveries;
    }

    private static @Nullable Long orNull(ResultSet result, int column) throws SQLException {
        long value = result.getLong(column);
        return result.wasNull() ? null : value;
    }
}
