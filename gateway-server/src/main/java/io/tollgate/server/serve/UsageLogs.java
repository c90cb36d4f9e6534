package io.tollgate.server.serve;

import io.tollgate.budget.usagelog.StoreException;
import io.tollgate.budget.usagelog.UsageLog;
import io.tollgate.budget.usagelog.sqlite.SqliteRowStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;

/** Opens the ledger of a data directory. */
final class UsageLogs {
    private UsageLogs() {}

    static UsageLog open(Path dataDir, Clock clock) throws IOException {
        try {
            return new UsageLog(SqliteRowStore.open(dataDir, clock), UsageLog.DEFAULT_CAPACITY);
        } catch (StoreException e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
