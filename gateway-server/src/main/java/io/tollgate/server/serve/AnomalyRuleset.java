package io.tollgate.server.serve;

import io.tollgate.budget.anomaly.AnomalyRules;
import io.tollgate.budget.anomaly.ExpensiveModels;
import io.tollgate.core.price.Price;
import io.tollgate.core.price.PriceCatalogue;
import io.tollgate.server.config.AnomalyConfig;
import io.tollgate.server.config.CacheConfig;
import io.tollgate.server.config.Config;

/** The configuration's anomalies as they are watched for. */
final class AnomalyRuleset {
    /** Of a pico-dollar a token in nano-dollars a million tokens. */
    private static final long NANOS_PER_MILLION = 1_000;

    private AnomalyRuleset() {}

    static AnomalyRules of(Config config) {
        AnomalyConfig anomalies = config.anomalies();
        return new AnomalyRules(
                anomalies.window(),
                anomalies.recent(),
                anomalies.minRequests(),
                anomalies.tokensPerRequest(),
                anomalies.costPerRequestNanos(),
                isCached(config.cache()) ? anomalies.cacheHitRate() : null,
                anomalies.expensiveModelShare(),
                anomalies.expensiveModelShare() == null
                        ? ExpensiveModels.NONE
                        : expensive(Prices.of(config), anomalies.expensiveFromNanos()),
                anomalies.errorRate(),
                anomalies.p95Latency());
    }

    private static boolean isCached(CacheConfig cache) {
        return cache.exact().enabled() || cache.semantic().enabled();
    }

    private static ExpensiveModels expensive(PriceCatalogue prices, long fromNanos) {
        return (provider, model, at) -> {
            Price price = prices.price(provider, model, at);
            return price != null && price.tariff().rates().output() >= fromNanos / NANOS_PER_MILLION;
        };
    }
}
