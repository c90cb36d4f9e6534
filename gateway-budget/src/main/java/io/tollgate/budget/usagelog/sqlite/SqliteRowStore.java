package io.tollgate.budget.usagelog.sqlite;

import io.tollgate.budget.usagelog.RowStore;
import io.tollgate.budget.usagelog.StoreException;
import io.tollgate.budget.usagelog.UsageRow;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps rows in the SQLite file of a data directory, each call one transaction. After a failure it starts over with a
 * new connection, so that a full disk or a remounted one heals without a restart.
 */
public final class SqliteRowStore implements RowStore {
    private static final Logger log = LoggerFactory.getLogger(SqliteRowStore.class);

    private final DirectoryLock lock;
    private final LedgerFile file;
    private final Supplier<Connection> connections;
    private final InstantSource clock;
    private final Checkpointer checkpointer;
    private @Nullable WriteSession session;

    private SqliteRowStore(DirectoryLock lock, LedgerFile file, Supplier<Connection> connections, InstantSource clock) {
        this.lock = lock;
        this.file = file;
        this.connections = connections;
        this.clock = clock;
        this.checkpointer = new Checkpointer(file);
    }

    /**
     * Opens the ledger in {@code dataDir}, which is created when missing.
     *
     * @throws StoreException when another gateway has it, or the file is not a ledger, is too new, or is broken
     */
    public static SqliteRowStore open(Path dataDir, InstantSource clock) {
        LedgerFile file = LedgerFile.in(dataDir);
        return open(dataDir, file::openToWrite, clock);
    }

    static SqliteRowStore open(Path dataDir, Supplier<Connection> connections, InstantSource clock) {
        DirectoryLock lock = DirectoryLock.take(dataDir);
        SqliteRowStore store = new SqliteRowStore(lock, LedgerFile.in(dataDir), connections, clock);
        try {
            store.session();
        } catch (SQLException | RuntimeException e) {
            lock.close();
            throw e instanceof SQLException broken ? store.file.broken(broken) : (RuntimeException) e;
        }
        store.checkpointer.start();
        return store;
    }

    /** Bytes in the write-ahead log: bounded unless a reader holds on to an old state. */
    public long walBytes() {
        return file.walBytes();
    }

    @Override
    public void write(List<UsageRow> rows) {
        try {
            session().write(rows, clock.millis());
        } catch (SQLException e) {
            startOver();
            throw file.broken(e);
        } catch (RuntimeException e) {
            startOver();
            throw e;
        }
    }

    private WriteSession session() throws SQLException {
        WriteSession current = session;
        if (current == null) {
            current = new WriteSession(connections.get());
            session = current;
        }
        return current;
    }

    private void startOver() {
        WriteSession old = session;
        session = null;
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
        checkpointer.close();
        try (lock) {
            WriteSession last = session;
            session = null;
            if (last != null) {
                last.emptyWal();
                last.close();
            }
        } catch (SQLException e) {
            throw file.broken(e);
        }
    }
}
