package io.tollgate.budget.rollup;

import io.tollgate.budget.sqlite.SqliteFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;

/** One consistent state of the roll-ups, to read from. Confined to one thread. */
public final class RollUpSnapshot implements AutoCloseable {
    private final Connection connection;
    private final Marks marks;
    private final ZoneId zone;
    private final long watermark;
    private final long firstAt;
    private final long lastAt;
    private final Map<Unit, Long> kept;
    private final Set<CellKey.BucketKey> dropped = new HashSet<>();
    private final Map<Long, Combination> combinations = new HashMap<>();

    private RollUpSnapshot(Connection connection, Marks marks, String zone) throws SQLException {
        this.connection = connection;
        this.marks = marks;
        this.zone = ZoneId.of(zone);
        this.watermark = marks.number(RollUpFile.WATERMARK, 0);
        this.firstAt = marks.number(RollUpFile.FIRST_AT, 0);
        this.lastAt = marks.number(RollUpFile.LAST_AT, 0);
        this.kept = RollUpWriter.kept(marks);
        try (PreparedStatement select =
                        connection.prepareStatement("SELECT unit, users, start FROM bucket WHERE dropped <> 0");
                ResultSet result = select.executeQuery()) {
            while (result.next()) {
                dropped.add(new CellKey.BucketKey(Unit.of(result.getInt(1)), result.getBoolean(2), result.getLong(3)));
            }
        }
    }

    /**
     * The state now, or null where there are no roll-ups to read. To be opened before the ledger is read, which then has
     * all rows this state is made of.
     */
    public static @Nullable RollUpSnapshot open(Path dataDir) throws SQLException {
        SqliteFile file = RollUpFile.in(dataDir);
        if (!Files.exists(file.path())) {
            return null;
        }
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        config.setBusyTimeout(1_000);
        Connection connection = config.createConnection("jdbc:sqlite:" + file.path());
        RollUpSnapshot opened = null;
        try {
            connection.setAutoCommit(false);
            Marks marks = new Marks(connection);
            String zone = file.isIn(connection) ? marks.text(RollUpFile.ZONE) : null;
            if (zone != null && marks.number(RollUpFile.WATERMARK, 0) > 0) {
                opened = new RollUpSnapshot(connection, marks, zone);
            }
            return opened;
        } finally {
            if (opened == null) {
                connection.close();
            }
        }
    }

    /** Whether it is made of this ledger's rows. */
    public boolean isOf(Connection ledger) throws SQLException {
        return RollUpWriter.isOf(ledger, marks);
    }

    /** The key of the last row included. */
    public long watermark() {
        return watermark;
    }

    /** Where the days begin. */
    ZoneId zone() {
        return zone;
    }

    /** When the earliest row included arrived. */
    long firstAt() {
        return firstAt;
    }

    /** When the latest did. */
    long lastAt() {
        return lastAt;
    }

    boolean has(Unit unit, boolean users, long start) {
        return isKept(unit, start)
                && (dropped.isEmpty() || !dropped.contains(new CellKey.BucketKey(unit, users, start)));
    }

    boolean isKept(Unit unit, long at) {
        return at >= kept.getOrDefault(unit, Long.MAX_VALUE);
    }

    /** Takes cells. */
    @FunctionalInterface
    public interface Sink {
        /** One cell, by its combination's number, with its tally's bytes. */
        void cell(long start, long combination, byte[] tally) throws SQLException;
    }

    /** All cells of these units of time, in the order of time. */
    public void cells(Unit unit, boolean users, long from, long to, Sink sink) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT start, combination, tally FROM cell"
                + " WHERE unit = ? AND users = ? AND start >= ? AND start < ?")) {
            select.setInt(1, unit.number());
            select.setBoolean(2, users);
            select.setLong(3, from);
            select.setLong(4, to);
            try (ResultSet result = select.executeQuery()) {
                while (result.next()) {
                    sink.cell(result.getLong(1), result.getLong(2), result.getBytes(3));
                }
            }
        }
    }

    /** The combination with this number. */
    public Combination combination(long number) throws SQLException {
        Combination known = combinations.get(number);
        if (known != null) {
            return known;
        }
        try (PreparedStatement select = connection.prepareStatement("SELECT * FROM combination WHERE id = ?")) {
            select.setLong(1, number);
            ResultSet result = select.executeQuery();
            if (!result.next()) {
                throw new SQLException("a cell names the combination " + number + ", which is not there");
            }
            Combination read = Combinations.read(result);
            combinations.put(number, read);
            return read;
        }
    }

    /** Adds what a cell's bytes say. */
    public static void add(Tally to, byte[] tally) {
        TallyBytes.addTo(to, tally);
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
