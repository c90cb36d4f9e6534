package io.tollgate.server.hosted;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.budget.report.Period;
import io.tollgate.server.config.Config;
import io.tollgate.server.config.ConfigLoader;
import io.tollgate.server.config.Overrides;
import io.tollgate.server.fakeprovider.behaviour.Behaviour;
import io.tollgate.server.gateway.TestGateway;
import io.tollgate.server.serve.Prices;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostedReportTest {
    private static final String CONFIG = """
            providers:
              openai: {dialect: openai, base_url: PROVIDER}
              local: {dialect: openai, base_url: PROVIDER, hourly: HOURLY}
            models:
              dear: {provider: openai, price: {input: 0, output: 1000}}
              own: {provider: local, price: {input: 0, output: 0}}
            routing:
              - {name: home, when: {model: dear}, use: [own]}
            """;
    private static final String ASK = "{\"model\":\"dear\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";

    @TempDir
    Path folder;

    private BreakEven read(TestGateway gateway, String hourly) throws Exception {
        String yaml = CONFIG.replace("PROVIDER", "http://127.0.0.1:1").replace("HOURLY", hourly);
        Config config = new ConfigLoader(name -> null, Overrides.NONE)
                .parse("test.yaml", yaml, folder)
                .config();
        long now = System.currentTimeMillis();
        List<BreakEven> providers = new HostedReport(config, Prices.of(config))
                .read(gateway.ledger(), new Period(now - 3_600_000, now + 60_000));
        assertThat(providers).hasSize(1);
        return providers.getFirst();
    }

    @Test
    void calls_that_were_routed_home_are_compared_with_what_they_would_have_cost() throws Exception {
        try (TestGateway gateway = TestGateway.start(CONFIG.replace("HOURLY", "{usd: 1}"))) {
            gateway.provider().rules().otherwise(Behaviour.reply().tokens(100));
            for (int i = 0; i < 5; i++) {
                assertThat(gateway.row(gateway.post("/v1/chat/completions", ASK))
                                .call()
                                .provider())
                        .isEqualTo("local");
            }
            BreakEven asked = read(gateway, "{usd: 0.01}");
            assertThat(asked.requests()).isEqualTo(5);
            assertThat(asked.tokenNanos()).isZero();
            assertThat(asked.elsewhereNanos()).isEqualTo(500_000_000);
            BreakEven named = read(gateway, "{usd: 0.01, instead_of: dear}");
            assertThat(named.elsewhereNanos()).isEqualTo(500_000_000);
            assertThat(named.machineNanos()).isBetween(10_000_000L, 10_200_000L);
            assertThat(read(gateway, "{usd: 0.01, instead_of: nobody-knows}").elsewhereNanos())
                    .isEqualTo(-1);
        }
    }
}
