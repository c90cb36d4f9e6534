package io.tollgate.server.metrics;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.micrometer.registry.otlp.OtlpConfig;
import io.micrometer.registry.otlp.OtlpMeterRegistry;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Where meters are counted: for Prometheus always, and pushed as OTLP where a receiver is configured. */
public final class Registries implements AutoCloseable {
    private final PrometheusMeterRegistry prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final MeterRegistry all;

    /** {@code otlp} is an OTLP/HTTP receiver's base URL, to which {@code /v1/metrics} is added, or null. */
    public Registries(@Nullable URI otlp) {
        if (otlp == null) {
            all = prometheus;
        } else {
            String url = otlp.toString().replaceAll("/+$", "") + "/v1/metrics";
            OtlpConfig config = key -> switch (key) {
                case "otlp.url" -> url;
                case "otlp.resourceAttributes" -> "service.name=tollgate";
                default -> null;
            };
            all = new CompositeMeterRegistry().add(prometheus).add(new OtlpMeterRegistry(config, Clock.SYSTEM));
        }
    }

    /** The registry to count in. */
    public MeterRegistry all() {
        return all;
    }

    /** Everything in Prometheus' text format. */
    public String scrape() {
        return prometheus.scrape();
    }

    /** Pushes what is left and stops. */
    @Override
    public void close() {
        all.close();
    }
}
