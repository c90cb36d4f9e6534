package io.tollgate.budget.rollup;

import io.tollgate.budget.usagelog.sqlite.RowReader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the ledger's rows as what they add to a tally, in the order of writing. Confined to one thread. */
public final class RowScan implements AutoCloseable {
    /** Texts of tags whose values are remembered: most rows have those of another. */
    private static final int MOST_TAGS = 10_000;

    private static final int FIRST_SUM = 7;
    private static final int SAVED = FIRST_SUM + Tally.SUMS;
    private static final String SELECT = """
            SELECT r.seq, r.at, r.tags, s.key_id, s.provider, coalesce(s.model_sent, s.model_asked), s.last, 1, \
            r.input, r.cache_read, r.cache_write_5m, r.cache_write_1h, r.output, r.reasoning, \
            r.input_audio, r.cache_read_audio, r.output_audio, r.web_searches, \
            coalesce(r.cost_nanos, 0), coalesce(r.baseline_nanos, 0), r.cost_nanos IS NULL, \
            s.last AND s.cache IS NOT NULL AND s.cache IN ('hit', 'semantic-hit', 'coalesced'), \
            s.last AND s.end <> 'refused' AND (s.status >= 400 OR s.end IN ('upstream_failed', 'timed_out')), \
            s.last AND s.end = 'refused', s.last AND s.end <> 'refused', \
            r.saved_by, r.total_us, s.route_rule, r.request_id \
            FROM usage_row r JOIN call_shape s ON s.id = r.shape \
            WHERE r.seq > ? AND r.seq <= ? AND r.at >= ? AND r.at < ? ORDER BY r.seq LIMIT ?""";
    /** SQLite reads the tags, so that their values are to the letter those of a query on the rows. */
    private static final String TAGS = "SELECT json_extract(?1, '$.\"team\"'), json_extract(?1, '$.\"feature\"'),"
            + " json_extract(?1, '$.\"environment\"'), json_extract(?1, '$.\"user\"'), json_extract(?1, '$.\"task\"')";

    private static final @Nullable String[] NO_TAGS = new @Nullable String[5];

    private final PreparedStatement select;
    private final PreparedStatement tags;
    private final Map<String, @Nullable String[]> known = new HashMap<>();
    private long lastKey;
    private String lastId = "";

    /** Of this ledger, which stays open. */
    public RowScan(Connection ledger) throws SQLException {
        select = ledger.prepareStatement(SELECT);
        tags = ledger.prepareStatement(TAGS);
    }

    /** Takes rows. */
    @FunctionalInterface
    public interface Sink {
        /** One row. */
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
                lastId = row.getString(SAVED + 3);
                sink.row(row.getLong(2), combination(row), tally(row));
                count++;
            }
        }
        return count;
    }

    /** The key of the row read last. */
    long lastKey() {
        return lastKey;
    }

    /** The request of the row read last. */
    String lastId() {
        return lastId;
    }

    private Combination combination(ResultSet row) throws SQLException {
        @Nullable String[] tagged = tags(row.getString(3));
        return new Combination(new @Nullable String[] {
            row.getString(4),
            tagged[0],
            tagged[1],
            tagged[2],
            tagged[3],
            row.getString(5),
            row.getString(6),
            tagged[4],
            row.getString(SAVED + 2)
        });
    }

    private @Nullable String[] tags(@Nullable String text) throws SQLException {
        if (text == null) {
            return NO_TAGS;
        }
        @Nullable String[] values = known.get(text);
        if (values == null) {
            if (known.size() >= MOST_TAGS) {
                known.clear();
            }
            values = new @Nullable String[5];
            tags.setString(1, text);
            try (ResultSet result = tags.executeQuery()) {
                result.next();
                for (int i = 0; i < values.length; i++) {
                    values[i] = result.getString(i + 1);
                }
            }
            known.put(text, values);
        }
        return values;
    }

    private static Tally tally(ResultSet row) throws SQLException {
        Tally tally = new Tally();
        for (int i = 0; i < Tally.SUMS; i++) {
            tally.add(i, row.getLong(FIRST_SUM + i));
        }
        String saved = row.getString(SAVED);
        if (saved != null) {
            RowReader.saved(saved).forEach(tally::addSaved);
        }
        if (tally.sum(Tally.ANSWERED) > 0) {
            tally.addLatency(LatencyScale.step(row.getLong(SAVED + 1)), 1);
        }
        return tally;
    }

    @Override
    public void close() throws SQLException {
        select.close();
        tags.close();
    }
}
