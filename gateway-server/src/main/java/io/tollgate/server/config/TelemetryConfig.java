package io.tollgate.server.config;

import io.tollgate.server.config.yaml.YamlObject;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Where metrics are pushed.
 *
 * @param otlp base URL of an OTLP/HTTP receiver, or null for none
 */
public record TelemetryConfig(@Nullable URI otlp) {
    static TelemetryConfig read(YamlObject yaml) {
        return new TelemetryConfig(yaml.value("otlp", HttpUrls.BASE_URL).orNull());
    }
}
