package io.tollgate.budget.alerts;

import io.tollgate.budget.sqlite.SqliteFile;
import java.nio.file.Path;
import java.util.List;

/** {@code alerts.sqlite} in a data directory. Losing it loses the memory of alerts, and those not delivered yet. */
final class AlertFile {
    private static final int APPLICATION_ID = 0x546F416C;
    private static final int VERSION = 1;
    private static final List<String> SCHEMA = List.of(
            """
            CREATE TABLE alert (
              seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, at INTEGER NOT NULL, kind TEXT NOT NULL,
              severity TEXT NOT NULL, subject TEXT NOT NULL, title TEXT NOT NULL, text TEXT NOT NULL, facts TEXT NOT NULL
            ) STRICT""", """
            CREATE TABLE delivery (
              alert INTEGER NOT NULL REFERENCES alert (seq), channel TEXT NOT NULL, type TEXT NOT NULL,
              state TEXT NOT NULL, attempts INTEGER NOT NULL, raised_at INTEGER NOT NULL, next_at INTEGER,
              ended_at INTEGER, error TEXT,
              PRIMARY KEY (alert, channel)
            ) STRICT, WITHOUT ROWID""", "CREATE INDEX delivery_pending ON delivery (channel, next_at) WHERE state = 'pending'", """
            CREATE TABLE episode (
              rule TEXT PRIMARY KEY, since INTEGER NOT NULL, calm_since INTEGER
            ) STRICT, WITHOUT ROWID""");

    private AlertFile() {}

    static SqliteFile in(Path dataDir) {
        return new SqliteFile(
                dataDir.resolve("alerts.sqlite"),
                "the alerts' journal",
                APPLICATION_ID,
                VERSION,
                SCHEMA,
                "moved away, a new one is begun, without the alerts that wait in it");
    }
}
