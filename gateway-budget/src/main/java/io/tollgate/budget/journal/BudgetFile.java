package io.tollgate.budget.journal;

import io.tollgate.budget.usagelog.StoreException;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TransactionMode;

/**
 * {@code budgets.sqlite} in a data directory. Its sums can be made again from the usage log, so losing it costs time at
 * the next start, the raises and who was told of which rung, but no money.
 */
final class BudgetFile {
    private static final String NAME = "budgets.sqlite";
    private static final int APPLICATION_ID = 0x546F4275;
    private static final int VERSION = 1;
    private static final int BUSY_MILLIS = 5_000;
    private static final List<String> SCHEMA = List.of(
            "CREATE TABLE mark (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID",
            "CREATE TABLE followed (budget TEXT PRIMARY KEY, counts TEXT NOT NULL) STRICT, WITHOUT ROWID",
            """
            CREATE TABLE spent (
              budget TEXT NOT NULL, period_from INTEGER NOT NULL, account TEXT NOT NULL,
              nanos INTEGER NOT NULL, tokens INTEGER NOT NULL,
              PRIMARY KEY (budget, period_from, account)
            ) STRICT, WITHOUT ROWID""",
            """
            CREATE TABLE reached (
              budget TEXT NOT NULL, period_from INTEGER NOT NULL, account TEXT NOT NULL,
              rung TEXT NOT NULL, at INTEGER NOT NULL,
              PRIMARY KEY (budget, period_from, account, rung)
            ) STRICT, WITHOUT ROWID""",
            """
            CREATE TABLE raise (
              id INTEGER PRIMARY KEY, budget TEXT NOT NULL, account TEXT NOT NULL,
              nanos INTEGER NOT NULL, tokens INTEGER NOT NULL,
              made_at INTEGER NOT NULL, until INTEGER NOT NULL, who TEXT NOT NULL, why TEXT NOT NULL
            ) STRICT""");

    private final Path path;

    BudgetFile(Path dataDir) {
        this.path = dataDir.resolve(NAME);
    }

    /** Opens it, made where there is none. */
    Connection open() {
        create();
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(JournalMode.WAL);
        config.setSynchronous(SynchronousMode.NORMAL);
        config.setTransactionMode(TransactionMode.IMMEDIATE);
        config.setBusyTimeout(BUSY_MILLIS);
        try {
            Connection connection = config.createConnection("jdbc:sqlite:" + path);
            try {
                prepare(connection);
                return connection;
            } catch (SQLException | RuntimeException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw broken(e);
        }
    }

    StoreException broken(SQLException e) {
        return new StoreException("the budgets' file " + path.toAbsolutePath() + " fails: " + e.getMessage(), e);
    }

    private void create() {
        try {
            if (Files.notExists(path)) {
                if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
                    Files.createFile(
                            path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                } else {
                    Files.createFile(path);
                }
            }
        } catch (IOException e) {
            throw new StoreException("the budgets' file " + path.toAbsolutePath() + " cannot be created: " + e, e);
        }
    }

    private void prepare(Connection connection) throws SQLException {
        int application = number(connection, "PRAGMA application_id");
        int version = number(connection, "PRAGMA user_version");
        boolean empty = number(connection, "SELECT count(*) FROM sqlite_schema") == 0;
        if (!empty && (application != APPLICATION_ID || version != VERSION)) {
            throw new StoreException(path.toAbsolutePath() + " is not a file of budgets this Tollgate reads"
                    + " (application_id " + application + ", version " + version + "; expected " + APPLICATION_ID
                    + ", version " + VERSION + "); moved away, it is made again from the usage log, without raises");
        }
        if (empty) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                for (String sql : SCHEMA) {
                    statement.executeUpdate(sql);
                }
                statement.executeUpdate("PRAGMA application_id = " + APPLICATION_ID);
                statement.executeUpdate("PRAGMA user_version = " + VERSION);
            }
            connection.commit();
        }
        connection.setAutoCommit(false);
    }

    private static int number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            return result.next() ? result.getInt(1) : 0;
        }
    }
}
