package io.tollgate.budget.report;

import io.tollgate.budget.usagelog.sqlite.Sequence;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A WHERE clause on {@code usage_row r} and {@code call_shape s}, with its values to bind. */
final class Condition {
    private final StringBuilder sql = new StringBuilder();
    private final List<Object> bound = new ArrayList<>();

    private Condition() {}

    /** Rows of a period with these values. */
    static Condition of(Connection connection, Period period, Map<Dimension, String> where) throws SQLException {
        Condition condition = new Condition();
        condition.and("r.seq >= ?", Sequence.first(period.from()));
        condition.and("r.seq <= ?", lastKey(connection, period.to()));
        condition.and("r.at >= ?", period.from());
        condition.and("r.at < ?", period.to());
        for (Map.Entry<Dimension, String> each : where.entrySet()) {
            String expression = each.getKey().sql(condition.bound);
            condition.and(expression + " = ?", each.getValue());
        }
        return condition;
    }

    /** No row that arrived at this time or later has a smaller key. */
    static long firstKey(long fromMillis) {
        return Sequence.first(fromMillis);
    }

    /** No row that arrived before this time has a larger key: it is written up to the longest lag later. */
    static long lastKey(Connection connection, long toMillis) throws SQLException {
        long maxLagMillis = maxLag(connection);
        return toMillis >= Long.MAX_VALUE - maxLagMillis - 1
                ? Long.MAX_VALUE
                : Sequence.first(toMillis + maxLagMillis + 1);
    }

    private static long maxLag(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(Sequence.MAX_LAG)) {
            return result.next() ? result.getLong(1) : 0;
        }
    }

    void and(String expression, Object value) {
        sql.append(sql.isEmpty() ? "WHERE " : " AND ").append(expression);
        bound.add(value);
    }

    String sql() {
        return sql.toString();
    }

    /** Binds the values from the {@code first}-th parameter on. */
    void bind(PreparedStatement statement, int first) throws SQLException {
        for (int i = 0; i < bound.size(); i++) {
            statement.setObject(first + i, bound.get(i));
        }
    }
}
