package io.tollgate.budget.usagelog.sqlite;

import io.tollgate.budget.usagelog.StoreException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;

/**
 * The ledger's file within a data directory and how it is opened. In WAL mode with {@code synchronous=NORMAL} a commit
 * survives the death of the process at once, and a power cut up to the last checkpoint's or WAL restart's sync; the file
 * stays sound in both.
 */
public final class LedgerFile {
    private static final String NAME = "ledger.sqlite";
    private static final int BUSY_MILLIS = 5_000;
    /** What a WAL that grew beyond it is cut back to when it starts over. */
    private static final int WAL_LIMIT_BYTES = 2 << 20;

    private final Path path;

    private LedgerFile(Path path) {
        this.path = path;
    }

    /** The ledger in this data directory, which need not exist yet. */
    public static LedgerFile in(Path dataDir) {
        return new LedgerFile(dataDir.resolve(NAME));
    }

    /** The database file. */
    public Path path() {
        return path;
    }

    /** Bytes in the write-ahead log. */
    long walBytes() {
        Path wal = path.resolveSibling(NAME + "-wal");
        try {
            return Files.exists(wal) ? Files.size(wal) : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    /** Opens it for the one writer; creates it, readable by its owner alone, and brings an older one up to date. */
    Connection openToWrite() {
        create();
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(JournalMode.WAL);
        config.setSynchronous(SynchronousMode.NORMAL);
        config.setJournalSizeLimit(WAL_LIMIT_BYTES);
        config.setBusyTimeout(BUSY_MILLIS);
        try {
            Connection connection = config.createConnection("jdbc:sqlite:" + path);
            try (Statement statement = connection.createStatement()) {
                // The checkpointer does it, so that its syncs do not hold up commits.
                statement.execute("PRAGMA wal_autocheckpoint = 0");
                Schema.bringUpToDate(connection, path.toString());
                return connection;
            } catch (SQLException | RuntimeException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw broken(e);
        }
    }

    /** Opens it to read, also while a gateway writes. */
    public Connection openToRead() {
        if (!Files.exists(path)) {
            throw new StoreException("no ledger at " + path.toAbsolutePath()
                    + ": has a gateway run with this data directory? (--data DIR names another)");
        }
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        config.setBusyTimeout(BUSY_MILLIS);
        try {
            Connection connection = config.createConnection("jdbc:sqlite:" + path);
            try {
                Schema.requireCurrent(connection, path.toString());
                return connection;
            } catch (SQLException | RuntimeException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw broken(e);
        }
    }

    /** The same failure, said with the file's name. */
    public StoreException broken(SQLException e) {
        return new StoreException("the ledger " + path.toAbsolutePath() + " fails: " + e.getMessage(), e);
    }

    private void create() {
        try {
            Path directory = path.toAbsolutePath().getParent();
            if (directory != null) {
                Files.createDirectories(directory, ownerOnly("rwx------"));
            }
            Files.createFile(path, ownerOnly("rw-------"));
        } catch (FileAlreadyExistsException e) {
            if (!Files.isRegularFile(path)) {
                throw new StoreException(path.toAbsolutePath() + " is in the ledger's place and is not a file", e);
            }
        } catch (IOException e) {
            throw new StoreException("the ledger " + path.toAbsolutePath() + " cannot be created: " + e, e);
        }
    }

    /** Nothing on a file system that knows no such permissions. */
    static FileAttribute<?>[] ownerOnly(String permissions) {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
