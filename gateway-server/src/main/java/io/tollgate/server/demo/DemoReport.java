package io.tollgate.server.demo;

import io.tollgate.budget.report.Dimension;
import io.tollgate.budget.report.LedgerReader;
import io.tollgate.budget.report.Period;
import io.tollgate.budget.report.UsageQuery;
import io.tollgate.budget.report.format.ReportFormat;
import io.tollgate.budget.usagelog.StoreException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;

/** What {@code ./tollgate report} says of a demo's ledger. */
final class DemoReport {
    private DemoReport() {}

    /** The spend since then by team and model, as a table. */
    static String of(Path data, Instant since) throws StoreException {
        Period period = new Period(since.toEpochMilli(), Period.EVER.to());
        return ReportFormat.TABLE.write(new LedgerReader(data)
                .usage(new UsageQuery(period, Map.of(), Dimension.list("team,model"), null, ZoneId.of("UTC"))));
    }
}
