package io.tollgate.server.hosted;

import io.tollgate.budget.report.Dimension;
import io.tollgate.budget.report.LedgerReader;
import io.tollgate.budget.report.Period;
import io.tollgate.budget.report.UsageQuery;
import io.tollgate.budget.report.UsageSummary;
import io.tollgate.core.price.Price;
import io.tollgate.core.price.PriceCatalogue;
import io.tollgate.core.usage.Usage;
import io.tollgate.server.config.Config;
import io.tollgate.server.config.HourlyConfig;
import io.tollgate.server.config.ProviderConfig;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads from the ledger what every provider paid by the hour was worth. */
public final class HostedReport {
    private final Config config;
    private final PriceCatalogue prices;

    /** For the providers of this configuration, at these prices. */
    public HostedReport(Config config, PriceCatalogue prices) {
        this.config = config;
        this.prices = prices;
    }

    /**
     * One entry per provider with {@code hourly}, in the configuration's order.
     *
     * @param period with both ends
     * @throws io.tollgate.budget.usagelog.StoreException where the ledger cannot be read
     */
    public List<BreakEven> read(LedgerReader ledger, Period period) {
        List<BreakEven> providers = new ArrayList<>();
        for (ProviderConfig provider : config.providers().values()) {
            HourlyConfig hourly = provider.hourly();
            if (hourly != null) {
                providers.add(read(ledger, period, provider, hourly));
            }
        }
        return List.copyOf(providers);
    }

    private BreakEven read(LedgerReader ledger, Period period, ProviderConfig provider, HourlyConfig hourly) {
        UsageSummary sum = ledger.usage(new UsageQuery(
                        period, Map.of(Dimension.of("provider"), provider.name()), List.of(), null, config.timezone()))
                .total();
        long millis = period.to() - period.from();
        return new BreakEven(
                provider.name(),
                hourly.insteadOf(),
                millis,
                sum.requests(),
                sum.usage().total(),
                BreakEven.machineNanos(hourly.nanosPerHour(), millis),
                sum.costNanos(),
                hourly.insteadOf() == null
                        ? sum.baselineNanos()
                        : elsewhere(provider.name(), hourly.insteadOf(), sum, Instant.ofEpochMilli(period.to())));
    }

    /** At the mean call's price, times the calls: a price that rises with the prompt must not see all prompts as one. */
    private long elsewhere(String self, String model, UsageSummary sum, Instant at) {
        if (sum.attempts() == 0) {
            return 0;
        }
        for (String provider : prices.providersOf(model, at)) {
            Price price = provider.equals(self) ? null : prices.price(provider, model, at);
            if (price != null) {
                long calls = sum.attempts();
                Usage mean = Usage.of(sum.usage().prompt() / calls, sum.usage().output() / calls);
                Usage rest = Usage.of(sum.usage().prompt() % calls, sum.usage().output() % calls);
                return Math.addExact(
                        Math.multiplyExact(price.cost(mean, null, at).nanos(), calls),
                        price.cost(rest, null, at).nanos());
            }
        }
        return -1;
    }
}
