package io.tollgate.budget.rollup;

import io.tollgate.budget.sqlite.SqliteFile;
import java.nio.file.Path;
import java.util.List;

/**
 * {@code rollups.sqlite} in a data directory, made of the ledger's rows and made again whenever anything about it is not
 * as expected. A cell is a unit of time and a combination, with ({@code users = 1}) or without the user; {@code bucket}
 * counts the cells of a unit of time, and says of which there were too many to keep.
 */
final class RollUpFile {
    /** The key of the last row included. */
    static final String WATERMARK = "watermark";
    /** And its request, by which the ledger is known to be the same. */
    static final String WATERMARK_ID = "watermark_id";
    /** Whose days they are. */
    static final String ZONE = "zone";
    /** When the earliest row included arrived. */
    static final String FIRST_AT = "first_at";
    /** When the latest did. */
    static final String LAST_AT = "last_at";
    /** From when on a unit is kept. */
    static final String KEPT = "kept_";

    private static final int APPLICATION_ID = 0x546F526C;
    private static final int VERSION = 1;
    private static final List<String> SCHEMA = List.of(
            "CREATE TABLE mark (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID", """
            CREATE TABLE combination (
              id INTEGER PRIMARY KEY, key TEXT, team TEXT, feature TEXT, environment TEXT, user TEXT,
              provider TEXT, model TEXT, task TEXT, route TEXT
            ) STRICT""", """
            CREATE TABLE bucket (
              unit INTEGER NOT NULL, users INTEGER NOT NULL, start INTEGER NOT NULL,
              cells INTEGER NOT NULL, dropped INTEGER NOT NULL,
              PRIMARY KEY (unit, users, start)
            ) STRICT, WITHOUT ROWID""", """
            CREATE TABLE cell (
              unit INTEGER NOT NULL, users INTEGER NOT NULL, start INTEGER NOT NULL, combination INTEGER NOT NULL,
              tally BLOB NOT NULL,
              PRIMARY KEY (unit, users, start, combination)
            ) STRICT, WITHOUT ROWID""");

    private RollUpFile() {}

    static SqliteFile in(Path dataDir) {
        return new SqliteFile(
                dataDir.resolve("rollups.sqlite"),
                "the roll-ups' file",
                APPLICATION_ID,
                VERSION,
                SCHEMA,
                "it is made again");
    }
}
