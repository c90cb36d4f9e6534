package io.tollgate.server.config;

import io.tollgate.server.config.prices.PricesFile;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.SequencedMap;

/**
 * A whole configuration that was found sound. Immutable; a reload makes another one.
 *
 * @param dataDir folder of the embedded ledger; relative to the working directory
 * @param timezone of budget periods and reports
 * @param providers by name, in the order of the file; never empty
 * @param prices the user's own price files, which override and add to the built-in one, in order
 * @param models by name: additions to the built-in catalogue
 * @param keys virtual keys; empty admits everyone
 * @param tags names of the house's own tags
 * @param routing rules in the order they are tried
 * @param fallbacks models to try, in order, by the model that failed
 * @param retries how often a failed call is tried again at the same target
 */
public record Config(
        ServerConfig server,
        AdminConfig admin,
        Path dataDir,
        ZoneId timezone,
        SequencedMap<String, ProviderConfig> providers,
        List<PricesFile> prices,
        SequencedMap<String, ModelConfig> models,
        List<KeyConfig> keys,
        List<String> tags,
        List<BudgetConfig> budgets,
        List<RateLimitConfig> rateLimits,
        List<RunLimitConfig> runLimits,
        CacheConfig cache,
        List<RoutingRule> routing,
        SequencedMap<String, List<String>> fallbacks,
        RetryConfig retries,
        OutputConfig output,
        ShapingConfig shaping,
        List<AlertConfig> alerts,
        AnomalyConfig anomalies,
        StoreConfig store,
        TelemetryConfig telemetry) {

    /** The same configuration but for what can only change with a restart, which is taken from {@code running}. */
    Config withFixedPartsOf(Config running) {
        ServerConfig fixed = running.server;
        return new Config(
                new ServerConfig(fixed.host(), fixed.port(), server.maxRequest(), server.open(), fixed.tls()),
                new AdminConfig(running.admin.host(), running.admin.port(), admin.token()),
                running.dataDir,
                timezone,
                providers,
                prices,
                models,
                keys,
                tags,
                budgets,
                rateLimits,
                runLimits,
                cache,
                routing,
                fallbacks,
                retries,
                output,
                shaping,
                alerts,
                anomalies,
                running.store,
                telemetry);
    }
}
