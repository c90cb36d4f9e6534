package io.tollgate.budget.rollup;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Ids of the combinations in the file. The newest are held in memory; one that was forgotten is stored again under a new
 * id, and then has two cells in a unit of time, which add up.
 */
final class Combinations implements AutoCloseable {
    private static final int CAPACITY = 100_000;

    private final Map<Combination, Long> ids = new HashMap<>();
    private final PreparedStatement insert;
    private long lastId;

    Combinations(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result =
                        statement.executeQuery("SELECT * FROM combination ORDER BY id DESC LIMIT " + CAPACITY / 2)) {
            while (result.next()) {
                long id = result.getLong(1);
                lastId = Math.max(lastId, id);
                ids.putIfAbsent(read(result), id);
            }
        }
        insert = connection.prepareStatement("INSERT INTO combination VALUES (?,?,?,?,?,?,?,?,?,?)");
    }

    /** From the columns after the id. */
    static Combination read(ResultSet row) throws SQLException {
        @Nullable String[] values = new @Nullable String[Combination.DIMENSIONS.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = row.getString(i + 2);
        }
        return new Combination(values);
    }

    /** The id; stores the combination, within the transaction that is open, when it is new. */
    long idOf(Combination combination) throws SQLException {
        Long known = ids.get(combination);
        if (known != null) {
            return known;
        }
        if (ids.size() >= CAPACITY) {
            ids.clear();
        }
        long id = lastId + 1;
        insert.setLong(1, id);
        for (int i = 0; i < Combination.DIMENSIONS.size(); i++) {
            insert.setString(i + 2, combination.value(i));
        }
        insert.executeUpdate();
        lastId = id;
        ids.put(combination, id);
        return id;
    }

    @Override
    public void close() throws SQLException {
        insert.close();
    }
}
