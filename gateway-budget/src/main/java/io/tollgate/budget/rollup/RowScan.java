package io.tollgate.budget.rollup;

import io.tollgate.budget.rollup.RowShapes.RowShape;
import io.tollgate.budget.usagelog.sqlite.RowReader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Reads the ledger's rows as what they add to a tally, in the order of writing. Confined to one thread. */
public final class RowScan implements AutoCloseable {
    private static final int USAGES = Tally.COST - Tally.USAGE;
    private static final int FIRST_USAGE = 5;
    private static final int COST = FIRST_USAGE + USAGES;
    private static final String SELECT = """
            SELECT seq, at, shape, tags, \
            input, cache_read, cache_write_5m, cache_write_1h, output, reasoning, \
            input_audio, cache_read_audio, output_audio, web_searches, \
            coalesce(cost_nanos, 0), coalesce(baseline_nanos, 0), cost_nanos IS NULL, saved_by, total_us \
            FROM usage_row \
            WHERE seq > ? AND seq <= ? AND at >= ? AND at < ? ORDER BY seq LIMIT ?""";

    private final PreparedStatement select;
    private final RowShapes shapes;
    private final RowTags tags;
    private long lastKey;

    /** Of this ledger, which stays open. */
    public RowScan(Connection ledger) throws SQLException {
        select = ledger.prepareStatement(SELECT);
        shapes = new RowShapes(ledger);
        tags = new RowTags(ledger);
    }

    /** Takes rows. */
    @FunctionalInterface
    public interface Sink {
        /** One row. The tally is the row's own. */
        void row(long atMillis, Combination combination, Tally tally);
    }

    /** Rows with keys after {@code after}, up to and with {@code upTo}, that arrived in the time; how many there were. */
    public int rows(long after, long upTo, long atFrom, long atTo, int most, Sink sink) throws SQLException {
        select.setLong(1, after);
        select.setLong(2, upTo);
        select.setLong(3, atFrom);
        select.setLong(4, atTo);
        select.setInt(5, most);
        int count = 0;
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                lastKey = row.getLong(1);
                RowShape shape = shapes.of(row.getLong(3));
                sink.row(row.getLong(2), shape.with(row.getString(4), tags), tally(row, shape));
                count++;
            }
        }
        return count;
    }

    /** The key of the row read last. */
    long lastKey() {
        return lastKey;
    }

    private static Tally tally(ResultSet row, RowShape shape) throws SQLException {
        Tally tally = new Tally();
        tally.add(Tally.ATTEMPTS, 1);
        tally.add(Tally.REQUESTS, shape.requests());
        tally.add(Tally.CACHE_HITS, shape.cacheHits());
        tally.add(Tally.ERRORS, shape.errors());
        tally.add(Tally.REFUSED, shape.refused());
        tally.add(Tally.ANSWERED, shape.answered());
        for (int i = 0; i < USAGES; i++) {
            tally.add(Tally.USAGE + i, row.getLong(FIRST_USAGE + i));
        }
        tally.add(Tally.COST, row.getLong(COST));
        tally.add(Tally.BASELINE, row.getLong(COST + 1));
        tally.add(Tally.UNPRICED, row.getLong(COST + 2));
        String saved = row.getString(COST + 3);
        if (saved != null) {
            RowReader.saved(saved).forEach(tally::addSaved);
        }
        if (shape.answered() > 0) {
            tally.addLatency(LatencyScale.step(row.getLong(COST + 4)), 1);
        }
        return tally;
    }

    @Override
    public void close() throws SQLException {
        select.close();
        shapes.close();
        tags.close();
    }
}
