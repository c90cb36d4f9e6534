package io.tollgate.budget.usagelog.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;

/**
 * Ids of the shapes in {@code call_shape}. The newest are held in memory; a shape that was forgotten is stored again
 * under a new id, which costs bytes and nothing else, so neither a restart nor a caller who names a new model each time
 * makes this grow.
 */
final class ShapeDictionary implements AutoCloseable {
    /** Shapes held in memory, about 200 bytes each. */
    static final int CAPACITY = 8192;

    private final Map<Shape, Long> ids = new HashMap<>();
    private final PreparedStatement insert;
    private long lastId;

    ShapeDictionary(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result =
                        statement.executeQuery("SELECT * FROM call_shape ORDER BY id DESC LIMIT " + CAPACITY / 2)) {
            while (result.next()) {
                long id = result.getLong(1);
                lastId = Math.max(lastId, id);
                ids.putIfAbsent(Shape.read(result, 1), id);
            }
        }
        insert = connection.prepareStatement(Shape.INSERT);
    }

    /** The shape's id; stores the shape, within the transaction that is open, when it is new. */
    long idOf(Shape shape) throws SQLException {
        Long known = ids.get(shape);
        if (known != null) {
            return known;
        }
        if (ids.size() >= CAPACITY) {
            ids.clear();
        }
        long id = lastId + 1;
        shape.bind(insert, id);
        insert.executeUpdate();
        lastId = id;
        ids.put(shape, id);
        return id;
    }

    @Override
    public void close() throws SQLException {
        insert.close();
    }
}
