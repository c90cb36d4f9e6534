package io.tollgate.core.usage;

import io.tollgate.core.usage.UsageReport.OtherModelUsage;

/** What an exchange used and what that cost. */
public record Metered(UsageReport report, Cost cost) {
    /** Prompt and output of all models that were billed. */
    public long tokens() {
        long tokens = report.usage().total();
        for (OtherModelUsage other : report.others()) {
            tokens += other.usage().total();
        }
        return tokens;
    }
}
