package io.tollgate.budget.journal;

import io.tollgate.budget.sqlite.SqliteFile;
import java.nio.file.Path;
import java.util.List;

/**
 * {@code budgets.sqlite} in a data directory. Its sums can be made again from the usage log, so losing it costs time at
 * the next start, the raises and who was told of which rung, but no money.
 */
final class BudgetFile {
    private static final String NAME = "budgets.sqlite";
    private static final int APPLICATION_ID = 0x546F4275;
    private static final int VERSION = 1;
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

    private BudgetFile() {}

    static SqliteFile in(Path dataDir) {
        return new SqliteFile(
                dataDir.resolve(NAME),
                "the budgets' file",
                APPLICATION_ID,
                VERSION,
                SCHEMA,
                "moved away, it is made again from the usage log, without raises");
    }
}
