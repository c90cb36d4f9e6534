package io.tollgate.budget.rollup;

import io.tollgate.budget.rollup.CellKey.BucketKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/**
 * Adds tallies to cells, within the transaction that is open. A unit of time with more cells than there is room for
 * keeps none: what is asked about it is then answered from the rows.
 */
final class CellWriter implements AutoCloseable {
    private final int mostCells;
    private final Combinations combinations;
    private final PreparedStatement selectBucket;
    private final PreparedStatement storeBucket;
    private final PreparedStatement drop;
    private final PreparedStatement select;
    private final PreparedStatement store;
    private final Map<BucketKey, Bucket> buckets = new HashMap<>();

    private static final class Bucket {
        private int cells;
        private boolean dropped;
    }

    CellWriter(Connection connection, int mostCells) throws SQLException {
        this.mostCells = mostCells;
        combinations = new Combinations(connection);
        selectBucket = connection.prepareStatement(
                "SELECT cells, dropped FROM bucket WHERE unit = ? AND users = ? AND start = ?");
        storeBucket = connection.prepareStatement("INSERT OR REPLACE INTO bucket VALUES (?,?,?,?,?)");
        drop = connection.prepareStatement("DELETE FROM cell WHERE unit = ? AND users = ? AND start = ?");
        select = connection.prepareStatement(
                "SELECT tally FROM cell WHERE unit = ? AND users = ? AND start = ? AND combination = ?");
        store = connection.prepareStatement("INSERT OR REPLACE INTO cell VALUES (?,?,?,?,?)");
    }

    void add(Map<CellKey, Tally> tallies) throws SQLException {
        buckets.clear();
        for (Map.Entry<CellKey, Tally> cell : tallies.entrySet()) {
            Bucket bucket = bucket(cell.getKey().bucket());
            if (!bucket.dropped) {
                add(cell.getKey(), bucket, cell.getValue());
            }
        }
        for (Map.Entry<BucketKey, Bucket> bucket : buckets.entrySet()) {
            bind(storeBucket, bucket.getKey());
            storeBucket.setInt(4, bucket.getValue().cells);
            storeBucket.setBoolean(5, bucket.getValue().dropped);
            storeBucket.executeUpdate();
        }
    }

    private Bucket bucket(BucketKey key) throws SQLException {
        Bucket known = buckets.get(key);
        if (known != null) {
            return known;
        }
        Bucket bucket = new Bucket();
        bind(selectBucket, key);
        try (ResultSet result = selectBucket.executeQuery()) {
            if (result.next()) {
                bucket.cells = result.getInt(1);
                bucket.dropped = result.getBoolean(2);
            }
        }
        buckets.put(key, bucket);
        return bucket;
    }

    private void add(CellKey key, Bucket bucket, Tally tally) throws SQLException {
        long id = combinations.idOf(key.combination());
        boolean known;
        bind(select, key.bucket());
        select.setLong(4, id);
        try (ResultSet result = select.executeQuery()) {
            known = result.next();
            if (known) {
                TallyBytes.addTo(tally, result.getBytes(1));
            }
        } catch (ArithmeticException e) {
            // A sum beyond 64 bits: the rows are asked, and say so.
            drop(key.bucket(), bucket);
            return;
        }
        if (!known && ++bucket.cells > mostCells) {
            drop(key.bucket(), bucket);
            return;
        }
        bind(store, key.bucket());
        store.setLong(4, id);
        store.setBytes(5, TallyBytes.of(tally));
        store.executeUpdate();
    }

    private void drop(BucketKey key, Bucket bucket) throws SQLException {
        bucket.dropped = true;
        bind(drop, key);
        drop.executeUpdate();
    }

    private static void bind(PreparedStatement statement, BucketKey key) throws SQLException {
        statement.setInt(1, key.unit().number());
        statement.setBoolean(2, key.users());
        statement.setLong(3, key.start());
    }

    @Override
    public void close() throws SQLException {
        combinations.close();
        selectBucket.close();
        storeBucket.close();
        drop.close();
        select.close();
        store.close();
    }
}
