package io.tollgate.server.serve;

import io.tollgate.budget.journal.Budgets;
import io.tollgate.budget.ladder.RungListener;
import io.tollgate.budget.ledger.LedgerSettings;
import io.tollgate.budget.usagelog.StoreException;
import io.tollgate.budget.usagelog.UsageLog;
import io.tollgate.budget.usagelog.sqlite.SqliteRowStore;
import io.tollgate.core.time.Ticker;
import io.tollgate.server.config.Config;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;

/** Opens the ledger of a data directory. */
final class UsageLogs {
    private UsageLogs() {}

    /** The budgets, beside the usage log, which is open; {@code listener} hears of rungs, and may block. */
    static Budgets openBudgets(Config config, Clock clock, Ticker ticker, RungListener listener) throws IOException {
        try {
            return Budgets.open(
                    config.dataDir(), BudgetRules.of(config), LedgerSettings.DEFAULT, clock, ticker, listener);
        } catch (StoreException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    static UsageLog open(Path dataDir, Clock clock) throws IOException {
        try {
            return new UsageLog(SqliteRowStore.open(dataDir, clock), UsageLog.DEFAULT_CAPACITY);
        } catch (StoreException e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
