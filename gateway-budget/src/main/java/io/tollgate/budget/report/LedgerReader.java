package io.tollgate.budget.report;

import io.tollgate.budget.rollup.RollUpSnapshot;
import io.tollgate.budget.usagelog.StoreException;
import io.tollgate.budget.usagelog.UsageRow;
import io.tollgate.budget.usagelog.sqlite.LedgerFile;
import io.tollgate.budget.usagelog.sqlite.RowReader;
import io.tollgate.core.exchange.RequestIds;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the ledger of a data directory, also while a gateway writes it. Each call opens the file, sees one consistent
 * state, and closes it again, so that no state is held back for longer than a call takes. Blocks; safe for use by any
 * thread but an event loop.
 */
public final class LedgerReader {
    /** Rows on one page, at most. */
    public static final int MAX_PAGE = 1000;

    private static final long NO_ROW = -1;

    private static final Logger log = LoggerFactory.getLogger(LedgerReader.class);

    private final Path dataDir;
    private final LedgerFile file;

    /** A reader of the ledger in this directory, which is looked for at each call. */
    public LedgerReader(Path dataDir) {
        this.dataDir = dataDir;
        this.file = LedgerFile.in(dataDir);
    }

    /**
     * Usage, summed up: from roll-ups where there are any and they know the question's dimensions, else from the rows.
     * The answers are the same.
     *
     * @throws StoreException when there is no ledger or it cannot be read
     */
    public UsageTable usage(UsageQuery query) {
        // Before the ledger is read, so that the ledger has all rows the roll-ups are made of.
        try (RollUpSnapshot rolled = RollUpSnapshot.open(dataDir)) {
            if (rolled != null) {
                Optional<UsageTable> table =
                        read(connection -> Optional.ofNullable(RolledSums.table(rolled, connection, query)));
                if (table.isPresent()) {
                    return table.get();
                }
            }
        } catch (SQLException | StoreException | IndexOutOfBoundsException | ArithmeticException e) {
            log.debug("the roll-ups cannot be read, the rows are", e);
        }
        return usageOfRows(query);
    }

    /** The same, from the rows alone. */
    public UsageTable usageOfRows(UsageQuery query) {
        return read(connection -> new UsageSums(connection, query).table());
    }

    /**
     * Rows, newest first (by the time they were written).
     *
     * @param limit from 1 to {@link #MAX_PAGE}
     * @param before what the page before gave as its {@code next}; null for the newest rows
     * @throws IllegalArgumentException when {@code limit} or {@code before} is none
     */
    public RowPage requests(Period period, Map<Dimension, String> where, int limit, @Nullable String before) {
        if (limit < 1 || limit > MAX_PAGE) {
            throw new IllegalArgumentException("limit " + limit + ": expected 1 to " + MAX_PAGE);
        }
        long end = before == null ? Long.MAX_VALUE : cursor(before);
        return read(connection -> {
            Condition condition = Condition.of(connection, period, where);
            condition.and("r.seq < ?", end);
            List<UsageRow> rows = new ArrayList<>();
            long last = NO_ROW;
            String sql = RowReader.SELECT + condition.sql() + " ORDER BY r.seq DESC LIMIT " + (limit + 1);
            try (PreparedStatement select = connection.prepareStatement(sql)) {
                condition.bind(select, 1);
                ResultSet result = select.executeQuery();
                while (rows.size() < limit && result.next()) {
                    rows.add(RowReader.read(result));
                    last = RowReader.seq(result);
                }
                return new RowPage(rows, last != NO_ROW && result.next() ? Long.toString(last) : null);
            }
        });
    }

    /** Shows all rows of a period, oldest first (by the time they were written), one at a time. */
    public void scan(Period period, Consumer<UsageRow> to) {
        var unused = read(connection -> {
            Condition condition = Condition.of(connection, period, Map.of());
            String sql = RowReader.SELECT + condition.sql() + " ORDER BY r.seq";
            try (PreparedStatement select = connection.prepareStatement(sql)) {
                condition.bind(select, 1);
                ResultSet result = select.executeQuery();
                while (result.next()) {
                    to.accept(RowReader.read(result));
                }
            }
            return period;
        });
    }

    private static long cursor(String before) {
        try {
            return Long.parseLong(before);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("before '" + before + "': expected the 'next' of another page", e);
        }
    }

    /** All attempts of a request, oldest first; empty when the ledger has none of this id. */
    public List<UsageRow> request(String id) {
        long at = RequestIds.millisOf(id);
        // An id of another make says nothing of its time: then all rows are looked through.
        Period period = at < 0 ? Period.EVER : new Period(Math.max(0, at - 1), at + 2);
        return read(connection -> {
            List<UsageRow> rows = rowsOf(connection, id, period);
            return rows.isEmpty() && at >= 0 ? rowsOf(connection, id, Period.EVER) : rows;
        });
    }

    private static List<UsageRow> rowsOf(Connection connection, String id, Period period) throws SQLException {
        Condition condition = Condition.of(connection, period, Map.of());
        condition.and("r.request_id = ?", id);
        List<UsageRow> rows = new ArrayList<>();
        String sql = RowReader.SELECT + condition.sql() + " ORDER BY s.attempt";
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            condition.bind(select, 1);
            ResultSet result = select.executeQuery();
            while (result.next()) {
                rows.add(RowReader.read(result));
            }
        }
        return rows;
    }

    private <T> T read(Reading<T> reading) {
        try (Connection connection = file.openToRead()) {
            connection.setAutoCommit(false);
            return reading.read(connection);
        } catch (SQLException e) {
            throw file.broken(e);
        }
    }

    private interface Reading<T> {
        T read(Connection connection) throws SQLException;
    }
}
