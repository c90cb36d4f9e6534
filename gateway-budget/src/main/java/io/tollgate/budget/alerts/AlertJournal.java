package io.tollgate.budget.alerts;

import io.tollgate.budget.sqlite.SqliteFile;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What was raised and how its deliveries stand, in a file that survives the process. Blocks; its methods exclude each
 * other.
 */
final class AlertJournal implements AutoCloseable {
    /** Deliveries one channel may have waiting; what comes on top is journalled as failed. */
    static final int MOST_PENDING = 1_000;
    /** Alerts kept. */
    static final int MOST_ALERTS = 10_000;
    /** Milliseconds for which alerts are kept: 90 days. */
    static final long KEPT_MILLIS = 90L * 86_400_000;

    static final String TOO_MANY = "too many alerts wait for this channel";
    static final String NO_CHANNEL = "its channel is no longer configured";

    private final SqliteFile file;
    private final Connection connection;

    AlertJournal(Path dataDir) {
        file = AlertFile.in(dataDir);
        connection = file.open();
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

    /** Keeps an alert and what has to be delivered of it; one whose id it has is passed over, and then false. */
    synchronized boolean raise(Alert alert, Collection<? extends Channel> channels, long nowMillis) {
        return inTransaction(() -> raised(alert, channels, nowMillis));
    }

    /** The same, together with the beginning of an episode of this rule. */
    synchronized boolean raise(Alert alert, Collection<? extends Channel> channels, long nowMillis, Episode episode) {
        return inTransaction(() -> {
            store(episode);
            return raised(alert, channels, nowMillis);
        });
    }

    private boolean raised(Alert alert, Collection<? extends Channel> channels, long nowMillis) throws SQLException {
        int added = change(
                "INSERT OR IGNORE INTO alert (id, at, kind, severity, subject, title, text, facts)"
                        + " VALUES (?,?,?,?,?,?,?,?)",
                alert.id(),
                alert.at().toEpochMilli(),
                alert.kind().wireName(),
                alert.severity().name(),
                alert.subject(),
                alert.title(),
                alert.text(),
                alert.facts());
        if (added == 0) {
            return false;
        }
        long seq = number("SELECT seq FROM alert WHERE id = ?", alert.id());
        for (Channel channel : channels) {
            if (alert.severity().compareTo(channel.minLevel()) >= 0) {
                boolean room =
                        number("SELECT count(*) FROM delivery WHERE channel = ? AND state = 'pending'", channel.name())
                                < MOST_PENDING;
                change(
                        "INSERT OR IGNORE INTO delivery VALUES (?,?,?,?,0,?,?,?,?)",
                        seq,
                        channel.name(),
                        channel.type(),
                        room ? "pending" : "failed",
                        nowMillis,
                        room ? nowMillis : null,
                        room ? null : nowMillis,
                        room ? null : TOO_MANY);
            }
        }
        return true;
    }

    /** What is to be delivered next to a channel, be it now or later; null when nothing waits. */
    synchronized @Nullable Pending next(String channel) {
        List<Pending> first = inTransaction(() -> AlertRows.pending(connection, channel, 1));
        return first.isEmpty() ? null : first.getFirst();
    }

    /** Notes how an attempt went. */
    synchronized void note(
            long seq, String channel, Delivery.State state, int attempts, long at, @Nullable String error) {
        boolean pending = state == Delivery.State.PENDING;
        inTransaction(() -> change(
                "UPDATE delivery SET state = ?, attempts = ?, next_at = ?, ended_at = ?, error = ?"
                        + " WHERE alert = ? AND channel = ?",
                state.wireName(),
                attempts,
                pending ? at : null,
                pending ? null : at,
                error,
                seq,
                channel));
    }

    /** Gives up what waits for channels other than these; how many deliveries that are. */
    synchronized int keepOnly(Set<String> channels, long nowMillis) {
        return inTransaction(() -> {
            Set<String> gone = new HashSet<>();
            try (PreparedStatement select = connection.prepareStatement(
                            "SELECT DISTINCT channel FROM delivery WHERE state = 'pending'");
                    ResultSet result = select.executeQuery()) {
                while (result.next()) {
                    gone.add(result.getString(1));
                }
            }
            gone.removeAll(channels);
            int given = 0;
            for (String channel : gone) {
                given += change(
                        "UPDATE delivery SET state = 'failed', next_at = NULL, ended_at = ?, error = ?"
                                + " WHERE channel = ? AND state = 'pending'",
                        nowMillis,
                        NO_CHANNEL,
                        channel);
            }
            return given;
        });
    }

    /** Deliveries that wait, to channels of this type. */
    synchronized long pending(String type) {
        return inTransaction(() -> number("SELECT count(*) FROM delivery WHERE state = 'pending' AND type = ?", type));
    }

    /** Alerts, newest first, from before this place in the journal. */
    synchronized List<AlertEntry> page(long before, int limit) {
        return inTransaction(() -> AlertRows.page(connection, before, limit));
    }

    /** Forgets old alerts, and the oldest where there are too many; none that waits. */
    synchronized void prune(long nowMillis) {
        inTransaction(() -> {
            long oldest = number("SELECT coalesce(max(seq), 0) FROM alert") - MOST_ALERTS;
            String old = "(SELECT seq FROM alert a WHERE (a.seq <= ? OR a.at < ?) AND NOT EXISTS"
                    + " (SELECT 1 FROM delivery p WHERE p.alert = a.seq AND p.state = 'pending'))";
            change("DELETE FROM delivery WHERE alert IN " + old, oldest, nowMillis - KEPT_MILLIS);
            return change("DELETE FROM alert WHERE seq IN " + old, oldest, nowMillis - KEPT_MILLIS);
        });
    }

    /** The episodes that have not ended. */
    synchronized List<Episode> episodes() {
        return inTransaction(() -> {
            List<Episode> episodes = new ArrayList<>();
            try (PreparedStatement select =
                            connection.prepareStatement("SELECT rule, since, coalesce(calm_since, -1) FROM episode");
                    ResultSet result = select.executeQuery()) {
                while (result.next()) {
                    episodes.add(new Episode(result.getString(1), result.getLong(2), result.getLong(3)));
                }
            }
            return episodes;
        });
    }

    /** Notes how an episode goes on. */
    synchronized void note(Episode episode) {
        inTransaction(() -> store(episode));
    }

    /** Notes that a rule's episode is over. */
    synchronized void end(String rule) {
        inTransaction(() -> change("DELETE FROM episode WHERE rule = ?", rule));
    }

    private int store(Episode episode) throws SQLException {
        return change(
                "INSERT OR REPLACE INTO episode VALUES (?,?,?)",
                episode.rule(),
                episode.since(),
                episode.isCalm() ? episode.calmSince() : null);
    }

    private long number(String sql, Object... values) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                select.setObject(i + 1, values[i]);
            }
            ResultSet result = select.executeQuery();
            return result.next() ? result.getLong(1) : 0;
        }
    }

    private int change(String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            return statement.executeUpdate();
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
