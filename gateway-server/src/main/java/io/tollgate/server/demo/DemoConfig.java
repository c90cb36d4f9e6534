package io.tollgate.server.demo;

import io.tollgate.server.config.Config;
import io.tollgate.server.config.ConfigException;
import io.tollgate.server.config.ConfigLoader;
import io.tollgate.server.config.Overrides;
import io.tollgate.server.config.yaml.Environment;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where a demo listens and keeps its ledger.
 *
 * @param port traffic port; 0 picks one; null takes 8080, or a free one where that is taken
 * @param adminPort the same for the admin port and 9090
 * @param data folder of the ledger
 */
public record DemoConfig(@Nullable Integer port, @Nullable Integer adminPort, Path data) {
    private static final int USUAL_PORT = 8080;
    private static final int USUAL_ADMIN_PORT = 9090;

    /** The configuration of a gateway in front of the provider at this address. */
    Config load(String provider) throws ConfigException {
        Overrides overrides = new Overrides(
                port == null ? DemoPorts.freeOr0(USUAL_PORT) : port,
                adminPort == null ? DemoPorts.freeOr0(USUAL_ADMIN_PORT) : adminPort,
                data);
        // As someone would write it who sends all providers' traffic to one address.
        String yaml = """
                server: {host: 127.0.0.1}
                admin: {host: 127.0.0.1}
                providers:
                  openai: {dialect: openai, base_url: "%1$s"}
                  anthropic: {dialect: anthropic, base_url: "%1$s"}
                  gemini: {dialect: gemini, base_url: "%1$s"}
                  groq: {dialect: openai, base_url: "%1$s"}
                cache: {exact: {enabled: true, ttl: 1h, max_size: 16MiB, scope: team}}
                routing:
                  - {name: simple-to-mini, when: {model: [gpt-4o], task: [classify]}, use: [gpt-4o-mini]}
                budgets:
                  - name: support-month
                    match: {team: support}
                    period: month
                    limit: {usd: 0.05}
                    steps: [{at: 25%%, do: notify, level: info}, {at: 90%%, do: notify, level: warning}]
                """.formatted(provider);
        return new ConfigLoader(Environment.SYSTEM, overrides)
                .parse("the demo's configuration", yaml, data)
                .config();
    }
}
