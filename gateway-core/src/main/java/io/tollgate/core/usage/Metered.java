package io.tollgate.core.usage;

import io.tollgate.core.usage.UsageReport.OtherModelUsage;
import java.util.ArrayList;
import java.util.List;

/** What an exchange used and what that cost. */
public record Metered(UsageReport report, Cost cost) {
    /** With what another attempt used; its tokens count as those of another model. */
    public Metered and(Metered other) {
        List<OtherModelUsage> others = new ArrayList<>(report.others());
        String model = other.report().model();
        others.add(
                new OtherModelUsage(model == null ? "" : model, other.report().usage()));
        others.addAll(other.report().others());
        UsageReport both = new UsageReport(
                report.usage(),
                report.source(),
                report.model(),
                report.finish(),
                report.serviceTier(),
                report.statedCostNanos(),
                List.copyOf(others));
        String version = Cost.NOTHING.equals(cost) ? other.cost().priceVersion() : cost.priceVersion();
        return new Metered(both, new Cost(cost.nanos() + other.cost().nanos(), version));
    }

    /** Prompt and output of all models that were billed. */
    public long tokens() {
        long tokens = report.usage().total();
        for (OtherModelUsage other : report.others()) {
            tokens += other.usage().total();
        }
        return tokens;
    }
}
