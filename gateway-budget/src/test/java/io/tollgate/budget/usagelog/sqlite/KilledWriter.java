package io.tollgate.budget.usagelog.sqlite;

import io.tollgate.budget.usagelog.RandomRows;
import io.tollgate.budget.usagelog.RowSlot;
import io.tollgate.budget.usagelog.UsageLog;
import io.tollgate.budget.usagelog.UsageRow;
import java.io.BufferedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.locks.LockSupport;

/** The victim of {@link KillTest}: appends rows and says when each was finished, until it is killed. */
final class KilledWriter {
    private KilledWriter() {}

    public static void main(String[] args) {
        int rowsPerMilli = Integer.parseInt(args[1]);
        UsageLog log = new UsageLog(SqliteRowStore.open(Path.of(args[0]), InstantSource.system()), 1_000_000);
        PrintStream out = new PrintStream(new BufferedOutputStream(System.out, 1 << 16), false, StandardCharsets.UTF_8);
        while (true) {
            StringBuilder finished = new StringBuilder();
            for (int i = 0; i < rowsPerMilli; i++) {
                UsageRow row = RandomRows.plain(System.currentTimeMillis());
                RowSlot slot = log.tryReserve();
                if (slot != null) {
                    slot.append(row);
                    finished.append(row.requestId())
                            .append(' ')
                            .append(System.currentTimeMillis())
                            .append('\n');
                }
            }
            out.print(finished);
            out.flush();
            LockSupport.parkNanos(1_000_000);
        }
    }
}
