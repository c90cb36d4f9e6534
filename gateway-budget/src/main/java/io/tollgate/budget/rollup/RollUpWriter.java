package io.tollgate.budget.rollup;

import io.tollgate.budget.sqlite.SqliteFile;
import io.tollgate.budget.usagelog.sqlite.LedgerFile;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Brings the file up to date, a batch of rows in one transaction with the key of the last of them: whenever it is killed,
 * the file holds the sums of all rows up to that key, exactly. Confined to one thread.
 */
final class RollUpWriter implements AutoCloseable {
    private final LedgerFile ledger;
    private final ZoneId zone;
    private final Connection connection;
    private final Marks marks;
    private final CellWriter cells;

    /** Opens the file, made where there is none, for days of this zone. */
    RollUpWriter(SqliteFile file, LedgerFile ledger, ZoneId zone, int mostCells) throws SQLException {
        this.ledger = ledger;
        this.zone = zone;
        this.connection = file.open();
        try {
            marks = new Marks(connection);
            cells = new CellWriter(connection, mostCells);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** Whether it is sound, made of this ledger, and has this zone's days. A new file is. */
    boolean isUsable() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet check = statement.executeQuery("PRAGMA quick_check(1)")) {
            if (!check.next() || !"ok".equals(check.getString(1))) {
                return false;
            }
        }
        String ofZone = marks.text(RollUpFile.ZONE);
        try (Connection rows = ledger.openToRead()) {
            return ofZone == null || (ofZone.equals(zone.getId()) && isOf(rows, marks));
        } finally {
            connection.commit();
        }
    }

    /** Whether the last row included stands in this ledger. */
    static boolean isOf(Connection rows, Marks marks) throws SQLException {
        long watermark = marks.number(RollUpFile.WATERMARK, 0);
        if (watermark == 0) {
            return true;
        }
        String request = requestAt(rows, watermark);
        return request != null && request.equals(marks.text(RollUpFile.WATERMARK_ID));
    }

    /** The request of the row with this key, or null. */
    private static @Nullable String requestAt(Connection rows, long key) throws SQLException {
        try (PreparedStatement select = rows.prepareStatement("SELECT request_id FROM usage_row WHERE seq = ?")) {
            select.setLong(1, key);
            ResultSet result = select.executeQuery();
            return result.next() ? result.getString(1) : null;
        }
    }

    /** Adds the next rows, at most so many; whether there may be more. */
    boolean catchUp(int mostRows, long nowMillis) throws SQLException {
        boolean committed = false;
        try (Connection rows = ledger.openToRead();
                RowScan scan = new RowScan(rows)) {
            long watermark = marks.number(RollUpFile.WATERMARK, 0);
            Map<Unit, Long> keptFrom = keptFrom(nowMillis);
            Batch batch = new Batch();
            int count = scan.rows(watermark, Long.MAX_VALUE, Long.MIN_VALUE, Long.MAX_VALUE, mostRows, batch);
            if (count > 0) {
                cells.add(batch.cells(zone, keptFrom));
                marks.set(RollUpFile.WATERMARK, scan.lastKey());
                marks.set(RollUpFile.WATERMARK_ID, Objects.requireNonNull(requestAt(rows, scan.lastKey())));
                marks.set(
                        RollUpFile.FIRST_AT,
                        Math.min(batch.firstAt(), marks.number(RollUpFile.FIRST_AT, Long.MAX_VALUE)));
                marks.set(
                        RollUpFile.LAST_AT, Math.max(batch.lastAt(), marks.number(RollUpFile.LAST_AT, Long.MIN_VALUE)));
            }
            connection.commit();
            committed = true;
            return count == mostRows;
        } finally {
            if (!committed) {
                connection.rollback();
            }
        }
    }

    /** From when on units are kept; noted when the file is new. */
    private Map<Unit, Long> keptFrom(long nowMillis) throws SQLException {
        if (marks.text(RollUpFile.ZONE) == null) {
            marks.set(RollUpFile.ZONE, zone.getId());
            for (Unit unit : Unit.values()) {
                marks.set(RollUpFile.KEPT + unit, unit.keptFrom(nowMillis, zone));
            }
        }
        return kept(marks);
    }

    static Map<Unit, Long> kept(Marks marks) throws SQLException {
        Map<Unit, Long> kept = new EnumMap<>(Unit.class);
        for (Unit unit : Unit.values()) {
            kept.put(unit, marks.number(RollUpFile.KEPT + unit, Long.MAX_VALUE));
        }
        return kept;
    }

    /** Forgets units that need not be kept any longer. */
    void prune(long nowMillis) throws SQLException {
        boolean committed = false;
        try {
            for (Map.Entry<Unit, Long> kept : kept(marks).entrySet()) {
                long from = kept.getKey().keptFrom(nowMillis, zone);
                if (from > kept.getValue() && kept.getValue() != Long.MAX_VALUE) {
                    for (String table : new String[] {"cell", "bucket"}) {
                        delete(table, kept.getKey(), from);
                    }
                    marks.set(RollUpFile.KEPT + kept.getKey(), from);
                }
            }
            connection.commit();
            committed = true;
        } finally {
            if (!committed) {
                connection.rollback();
            }
        }
    }

    private void delete(String table, Unit unit, long before) throws SQLException {
        for (int users = 0; users <= 1; users++) {
            try (PreparedStatement delete = connection.prepareStatement(
                    "DELETE FROM " + table + " WHERE unit = ? AND users = ? AND start < ?")) {
                delete.setInt(1, unit.number());
                delete.setInt(2, users);
                delete.setLong(3, before);
                delete.executeUpdate();
            }
        }
    }

    boolean isOfZone(ZoneId other) {
        return zone.equals(other);
    }

    @Override
    public void close() throws SQLException {
        cells.close();
        connection.close();
    }
}
