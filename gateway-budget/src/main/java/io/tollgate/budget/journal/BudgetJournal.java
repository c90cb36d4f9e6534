package io.tollgate.budget.journal;

import io.tollgate.budget.ladder.RungReached;
import io.tollgate.budget.ledger.BudgetRule;
import io.tollgate.budget.ledger.History;
import io.tollgate.budget.ledger.Period;
import io.tollgate.budget.ledger.Raise;
import io.tollgate.budget.sqlite.SqliteFile;
import io.tollgate.budget.usagelog.sqlite.LedgerFile;
import io.tollgate.budget.usagelog.sqlite.SpendRows;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The memory of budgets. What was spent is never written here by those who spend: it is rolled up from the usage log's
 * rows, together with the key of the last row included, in one transaction. So the sums after a kill are this file's
 * plus the rows behind that key, which is the sum of all rows, exactly. Blocks; its methods exclude each other.
 */
final class BudgetJournal implements History, AutoCloseable {
    private static final int PAGE = 10_000;
    private static final String ROLLED_UP = "rolled_up";
    private static final String TIME = "time";

    private final SqliteFile file;
    private final SpendRows rows;
    private final Connection connection;
    private List<BudgetRule> rules = List.of();

    /** The budgets' file and the ledger of a data directory; the ledger must be there. */
    BudgetJournal(Path dataDir) {
        this.file = BudgetFile.in(dataDir);
        this.rows = new SpendRows(LedgerFile.in(dataDir));
        this.connection = file.open();
    }

    /** Something to do in one transaction. */
    @FunctionalInterface
    private interface Work<T> {
        T done() throws SQLException;
    }

    private <T> T inTransaction(Work<T> work) {
        try {
            boolean committed = false;
            try {
                T result = work.done();
                connection.commit();
                committed = true;
                return result;
            } finally {
                if (!committed) {
                    connection.rollback();
                }
            }
        } catch (SQLException e) {
            throw file.broken(e);
        }
    }

    /**
     * Keeps the sums of these budgets from now on. Those it did not know, or knew counting otherwise, are added up from
     * the beginning of the period that {@code nowMillis} lies in.
     */
    synchronized void follow(List<BudgetRule> next, long nowMillis) {
        Map<String, String> known = inTransaction(this::followed);
        List<BudgetRule> unknown = new ArrayList<>();
        for (BudgetRule rule : next) {
            if (!rule.counts().equals(known.remove(rule.name()))) {
                unknown.add(rule);
            }
        }
        inTransaction(() -> {
            long upTo = mark(ROLLED_UP, -1);
            if (upTo < 0) {
                upTo = rows.last();
                mark(upTo, ROLLED_UP);
            }
            for (String gone : known.keySet()) {
                forget(gone);
            }
            for (BudgetRule rule : unknown) {
                forget(rule.name());
                change("INSERT INTO followed VALUES (?,?)", rule.name(), rule.counts());
            }
            if (!unknown.isEmpty()) {
                addUp(unknown, earliest(unknown, nowMillis), upTo);
            }
            return upTo;
        });
        rules = List.copyOf(next);
    }

    private Map<String, String> followed() throws SQLException {
        Map<String, String> followed = new HashMap<>();
        try (Statement select = connection.createStatement();
                ResultSet result = select.executeQuery("SELECT budget, counts FROM followed")) {
            while (result.next()) {
                followed.put(result.getString(1), result.getString(2));
            }
        }
        return followed;
    }

    private void forget(String budget) throws SQLException {
        change("DELETE FROM followed WHERE budget = ?", budget);
        change("DELETE FROM spent WHERE budget = ?", budget);
        change("DELETE FROM reached WHERE budget = ?", budget);
    }

    private static long earliest(List<BudgetRule> of, long nowMillis) {
        long earliest = Long.MAX_VALUE;
        for (BudgetRule rule : of) {
            earliest = Math.min(
                    earliest, rule.period().spanAt(nowMillis, rule.zone()).from());
        }
        return earliest;
    }

    private void addUp(List<BudgetRule> of, long fromMillis, long upTo) throws SQLException {
        RollUp sums = new RollUp(of);
        long after = SpendRows.before(fromMillis);
        long last = rows.page(after, upTo, PAGE, sums);
        while (last > after) {
            if (sums.isFull()) {
                sums.store(connection);
            }
            after = last;
            last = rows.page(after, upTo, PAGE, sums);
        }
        sums.store(connection);
    }

    /** Adds the rows that were written since the last time. */
    synchronized void catchUp() {
        while (catchUpOnce()) {}
    }

    private boolean catchUpOnce() {
        return inTransaction(() -> {
            if (rules.isEmpty()) {
                mark(rows.last(), ROLLED_UP); // a budget that comes later is added up from its period's beginning
                return false;
            }
            long after = mark(ROLLED_UP, 0);
            RollUp sums = new RollUp(rules);
            long last = rows.page(after, Long.MAX_VALUE, PAGE, sums);
            if (last == after) {
                return false;
            }
            sums.store(connection);
            mark(last, ROLLED_UP);
            return true;
        });
    }

    /** Notes what was told of rungs, and the time. */
    synchronized void note(Collection<RungReached> events, long nowMillis) {
        inTransaction(() -> {
            for (RungReached event : events) {
                change(
                        "INSERT OR IGNORE INTO reached VALUES (?,?,?,?,?)",
                        event.budget(),
                        event.from() == null
                                ? Period.Span.FOR_EVER.from()
                                : event.from().toEpochMilli(),
                        AccountText.of(event.each().values()),
                        event.rung().id(),
                        event.at().toEpochMilli());
            }
            mark(Math.max(nowMillis, mark(TIME, nowMillis)), TIME);
            return events.size();
        });
    }

    /** The latest time noted, or {@code otherwise}. */
    synchronized long latestTime(long otherwise) {
        return inTransaction(() -> mark(TIME, otherwise));
    }

    /** Drops sums of periods before the one that was over last. */
    synchronized void prune(long nowMillis) {
        inTransaction(() -> {
            for (BudgetRule rule : rules) {
                Period.Span now = rule.period().spanAt(nowMillis, rule.zone());
                if (now.ends()) {
                    long keep =
                            rule.period().spanAt(now.from() - 1, rule.zone()).from();
                    change("DELETE FROM spent WHERE budget = ? AND period_from < ?", rule.name(), keep);
                    change("DELETE FROM reached WHERE budget = ? AND period_from < ?", rule.name(), keep);
                }
            }
            return rules.size();
        });
    }

    @Override
    public synchronized void recall(BudgetRule rule, Recalled into) {
        inTransaction(() -> {
            // The largest first: should there be more accounts than there is room for, those keep one of their own.
            try (PreparedStatement select =
                    connection.prepareStatement("SELECT account, period_from, nanos, tokens FROM spent WHERE budget = ?"
                            + " ORDER BY nanos DESC, tokens DESC")) {
                select.setString(1, rule.name());
                try (ResultSet result = select.executeQuery()) {
                    while (result.next()) {
                        into.spent(
                                AccountText.read(result.getString(1)),
                                result.getLong(2),
                                result.getLong(3),
                                result.getLong(4));
                    }
                }
            }
            try (PreparedStatement select = connection.prepareStatement(
                    "SELECT account, period_from, rung, at FROM reached WHERE budget = ?")) {
                select.setString(1, rule.name());
                try (ResultSet result = select.executeQuery()) {
                    while (result.next()) {
                        into.reached(
                                AccountText.read(result.getString(1)),
                                result.getLong(2),
                                result.getString(3),
                                result.getLong(4));
                    }
                }
            }
            return rule;
        });
    }

    /** Keeps a raise for good; its id is given by the journal. */
    synchronized Raise add(Raise raise) {
        return inTransaction(() -> {
            change(
                    "INSERT INTO raise (budget, account, nanos, tokens, made_at, until, who, why)"
                            + " VALUES (?,?,?,?,?,?,?,?)",
                    raise.budget(),
                    AccountText.of(raise.account()),
                    raise.nanos(),
                    raise.tokens(),
                    raise.madeAt(),
                    raise.until(),
                    raise.who(),
                    raise.why());
            try (Statement select = connection.createStatement();
                    ResultSet result = select.executeQuery("SELECT last_insert_rowid()")) {
                result.next();
                return new Raise(
                        result.getLong(1),
                        raise.budget(),
                        raise.account(),
                        raise.nanos(),
                        raise.tokens(),
                        raise.madeAt(),
                        raise.until(),
                        raise.who(),
                        raise.why());
            }
        });
    }

    /** The raises that hold at this time, oldest first. */
    synchronized List<Raise> raises(long nowMillis) {
        return inTransaction(() -> {
            List<Raise> raises = new ArrayList<>();
            try (PreparedStatement select = connection.prepareStatement(
                    "SELECT id, budget, account, nanos, tokens, made_at, until, who, why FROM raise"
                            + " WHERE until > ? ORDER BY id")) {
                select.setLong(1, nowMillis);
                try (ResultSet result = select.executeQuery()) {
                    while (result.next()) {
                        raises.add(new Raise(
                                result.getLong(1),
                                result.getString(2),
                                AccountText.read(result.getString(3)),
                                result.getLong(4),
                                result.getLong(5),
                                result.getLong(6),
                                result.getLong(7),
                                result.getString(8),
                                result.getString(9)));
                    }
                }
            }
            return raises;
        });
    }

    private long mark(String name, long otherwise) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT value FROM mark WHERE name = ?")) {
            select.setString(1, name);
            try (ResultSet result = select.executeQuery()) {
                return result.next() ? result.getLong(1) : otherwise;
            }
        }
    }

    private void mark(long value, String name) throws SQLException {
        change("INSERT OR REPLACE INTO mark VALUES (?,?)", name, value);
    }

    private void change(String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.executeUpdate();
        }
    }

    @Override
    public synchronized void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw file.broken(e);
        }
    }
}
