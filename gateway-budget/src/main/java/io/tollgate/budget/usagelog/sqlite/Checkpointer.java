package io.tollgate.budget.usagelog.sqlite;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves committed rows from the write-ahead log into the database file, on a thread and connection of its own: a slow
 * disk's sync must not delay a commit, or rows would die in the queue with the process. The log starts over once all of
 * it is moved and nobody reads it.
 */
final class Checkpointer implements AutoCloseable {
    /** From here on the log is moved, without holding anyone up. */
    private static final long MOVE_BYTES = 4 << 20;
    /** From here on the writer is held up for the little that is left, so that the log does start over. */
    private static final long INSIST_BYTES = 64 << 20;

    private static final int PASSES = 3;
    private static final Logger log = LoggerFactory.getLogger(Checkpointer.class);

    private final LedgerFile file;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            task -> Thread.ofPlatform().name("ledger-checkpoint").daemon().unstarted(task));
    private @Nullable Connection connection;
    private boolean failing;

    Checkpointer(LedgerFile file) {
        this.file = file;
    }

    void start() {
        var unused = thread.scheduleWithFixedDelay(this::look, 500, 500, TimeUnit.MILLISECONDS);
    }

    private void look() {
        long bytes = file.walBytes();
        if (bytes < MOVE_BYTES) {
            return;
        }
        try {
            for (int pass = 0; pass < PASSES && !moved("PASSIVE"); pass++) {}
            if (bytes >= INSIST_BYTES) {
                moved("RESTART");
            }
            failing = false;
        } catch (SQLException | RuntimeException e) {
            if (!failing) {
                log.warn("the ledger's write-ahead log ({} bytes) cannot be moved; it is tried again", bytes, e);
            }
            failing = true;
            drop();
        }
    }

    /** Whether nothing was left to move. */
    private boolean moved(String mode) throws SQLException {
        Connection current = connection;
        if (current == null) {
            current = file.openToWrite();
            connection = current;
            try (Statement statement = current.createStatement()) {
                // To insist means to hold the writer up while waiting for readers: never for long.
                statement.execute("PRAGMA busy_timeout = 10");
            }
        }
        try (Statement statement = current.createStatement();
                ResultSet result = statement.executeQuery("PRAGMA wal_checkpoint(" + mode + ")")) {
            return result.next() && result.getInt(2) == result.getInt(3);
        }
    }

    private void drop() {
        Connection old = connection;
        connection = null;
        if (old != null) {
            try {
                old.close();
            } catch (SQLException e) {
                log.debug("a failed connection to the ledger did not close", e);
            }
        }
    }

    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(5, TimeUnit.SECONDS)) {
                log.warn("the ledger's checkpoint is still running; the next start finishes it");
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        drop();
    }
}
