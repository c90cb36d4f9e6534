package io.tollgate.budget.sqlite;

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
 * One of the small databases of a data directory: readable by its owner alone, in WAL mode, recognised by its {@code
 * application_id} and version.
 *
 * @param what it is, for messages, e.g. {@code the budgets' file}
 * @param applicationId whose file it is
 * @param version of its tables
 * @param schema statements that make the tables
 * @param ifForeign what to do about a file that is not one, for messages
 */
public record SqliteFile(
        Path path, String what, int applicationId, int version, List<String> schema, String ifForeign) {
    private static final int BUSY_MILLIS = 5_000;

    /** Opens it to write, made where there is none; transactions are begun and ended by the caller. */
    public Connection open() {
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

    /** The same failure, said with the file's name. */
    public StoreException broken(SQLException e) {
        return new StoreException(what + " " + path.toAbsolutePath() + " fails: " + e.getMessage(), e);
    }

    /** Whether a database that is open is this one, in this version. */
    public boolean isIn(Connection connection) throws SQLException {
        return number(connection, "PRAGMA application_id") == applicationId
                && number(connection, "PRAGMA user_version") == version;
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
            throw new StoreException(what + " " + path.toAbsolutePath() + " cannot be created: " + e, e);
        }
    }

    private void prepare(Connection connection) throws SQLException {
        boolean empty = number(connection, "SELECT count(*) FROM sqlite_schema") == 0;
        if (!empty && !isIn(connection)) {
            throw new StoreException(path.toAbsolutePath() + " is not " + what + " in a form this Tollgate reads"
                    + " (application_id " + number(connection, "PRAGMA application_id") + ", version "
                    + number(connection, "PRAGMA user_version") + "; expected " + applicationId + ", version " + version
                    + "); " + ifForeign);
        }
        connection.setAutoCommit(false);
        if (empty) {
            try (Statement statement = connection.createStatement()) {
                for (String sql : schema) {
                    statement.executeUpdate(sql);
                }
                statement.executeUpdate("PRAGMA application_id = " + applicationId);
                statement.executeUpdate("PRAGMA user_version = " + version);
            }
            connection.commit();
        }
    }

    private static int number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            return result.next() ? result.getInt(1) : 0;
        }
    }
}
