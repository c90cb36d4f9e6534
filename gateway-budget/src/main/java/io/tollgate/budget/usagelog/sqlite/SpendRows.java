package io.tollgate.budget.usagelog.sqlite;

import io.tollgate.core.exchange.Tags;
import io.tollgate.core.usage.UsageReport.OtherModelUsage;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Reads what was spent, row by row in the order of writing, with no more columns than that takes. Opens the ledger for
 * each page and holds no state of it back in between. Confined to one thread.
 */
public final class SpendRows {
    private static final String PAGE = """
            SELECT r.seq, r.at, r.session, r.tags, s.key_id, s.model_asked, s.provider, coalesce(r.cost_nanos, 0),
              CASE WHEN s.end = 'cached' THEN 0
                ELSE r.input + r.cache_read + r.cache_write_5m + r.cache_write_1h + r.output END, r.other_usage
            FROM usage_row r JOIN call_shape s ON s.id = r.shape
            WHERE r.seq > ? AND r.seq <= ? ORDER BY r.seq LIMIT ?""";

    private final LedgerFile file;

    /** Of this ledger. */
    public SpendRows(LedgerFile file) {
        this.file = file;
    }

    /** Takes rows. */
    @FunctionalInterface
    public interface Sink {
        /** One row; free ones too. {@code tokens} are input and output of all models;
         * none where the answer was not bought but came from the cache. */
        void row(
                long atMillis,
                Tags tags,
                @Nullable String key,
                @Nullable String model,
                @Nullable String provider,
                long nanos,
                long tokens);
    }

    /** The key of the latest row; 0 when there is none. */
    public long last() {
        try (Connection connection = file.openToRead();
                PreparedStatement select = connection.prepareStatement("SELECT coalesce(max(seq), 0) FROM usage_row");
                ResultSet result = select.executeQuery()) {
            return result.next() ? result.getLong(1) : 0;
        } catch (SQLException e) {
            throw file.broken(e);
        }
    }

    /** A key that every row of a request that arrived at this time or later lies above. */
    public static long before(long atMillis) {
        return Math.max(0, Sequence.first(atMillis) - 1);
    }

    /**
     * Reads the next rows after the key {@code after}, up to and with {@code upTo}.
     *
     * @return the key of the last row read; {@code after} when there was none
     */
    public long page(long after, long upTo, int most, Sink sink) {
        long last = after;
        try (Connection connection = file.openToRead();
                PreparedStatement select = connection.prepareStatement(PAGE)) {
            select.setLong(1, after);
            select.setLong(2, upTo);
            select.setInt(3, most);
            try (ResultSet result = select.executeQuery()) {
                while (result.next()) {
                    last = result.getLong(1);
                    sink.row(
                            result.getLong(2),
                            JsonText.readTags(result.getString(4), result.getString(3)),
                            result.getString(5),
                            result.getString(6),
                            result.getString(7),
                            result.getLong(8),
                            result.getLong(9) + others(result.getString(10)));
                }
            }
            return last;
        } catch (SQLException e) {
            throw file.broken(e);
        }
    }

    private static long others(@Nullable String text) {
        long tokens = 0;
        for (OtherModelUsage other : JsonText.readOthers(text)) {
            tokens += other.usage().total();
        }
        return tokens;
    }
}
