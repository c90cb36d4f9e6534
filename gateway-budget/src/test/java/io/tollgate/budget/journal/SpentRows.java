package io.tollgate.budget.journal;

import io.tollgate.budget.ledger.Attribution;
import io.tollgate.budget.usagelog.UsageRow;
import io.tollgate.core.dialect.Operation;
import io.tollgate.core.exchange.End;
import io.tollgate.core.exchange.RequestIds;
import io.tollgate.core.usage.Cost;
import io.tollgate.core.usage.Metered;
import io.tollgate.core.usage.Usage;
import io.tollgate.core.usage.UsageReport;
import io.tollgate.core.usage.UsageReport.OtherModelUsage;
import io.tollgate.core.usage.UsageSource;
import java.util.List;
import java.util.Map;

/** Rows of the usage log with what budgets look at. */
final class SpentRows {
    private SpentRows() {}

    /** Tokens are spread over all kinds, and some were used by another model. */
    static UsageRow row(long atMillis, Attribution call, long nanos, long tokens) {
        long other = tokens / 5;
        long part = (tokens - other) / 6;
        Usage usage = new Usage(tokens - other - 5 * part, part, part, part, 2 * part, part, 0, 0, 0, 0);
        return new UsageRow(
                RequestIds.next(atMillis),
                1,
                true,
                atMillis,
                call.key(),
                call.tags(),
                new UsageRow.Call("openai-chat", Operation.GENERATE, true, call.provider(), call.model(), "sent"),
                UsageRow.Decisions.NONE,
                new Metered(
                        new UsageReport(
                                usage,
                                UsageSource.PROVIDER,
                                null,
                                "stop",
                                null,
                                -1,
                                other == 0 ? List.of() : List.of(new OtherModelUsage("advisor", Usage.of(other, 0)))),
                        nanos == 0 ? Cost.UNPRICED : new Cost(nanos, "v1")),
                new UsageRow.Savings(nanos, Map.of()),
                new UsageRow.Latency(1, 2, 3),
                200,
                End.COMPLETE);
    }
}
