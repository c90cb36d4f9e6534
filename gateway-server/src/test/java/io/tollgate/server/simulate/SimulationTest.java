package io.tollgate.server.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.budget.report.Period;
import io.tollgate.server.config.Config;
import io.tollgate.server.config.ConfigException;
import io.tollgate.server.config.ConfigLoader;
import io.tollgate.server.config.Overrides;
import io.tollgate.server.gateway.TestGateway;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A real gateway's ledger under other configurations. */
class SimulationTest {
    private static final String CALL =
            "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}";
    private static final String PROVIDERS =
            "providers: {openai: {dialect: openai, base_url: \"https://api.openai.com\"}}\n";

    private static Outlook team(Simulation simulation, String name) {
        return Objects.requireNonNull(simulation.byTeam().get(name));
    }

    private static Simulation replayed(TestGateway gateway, String yaml) throws ConfigException {
        Config config = new ConfigLoader(name -> null, Overrides.NONE)
                .parse("new.yaml", PROVIDERS + yaml, Path.of("."))
                .config();
        Simulation simulation = new Simulation(config);
        gateway.ledger().scan(Period.EVER, simulation::replay);
        return simulation;
    }

    @Test
    void calls_are_routed_capped_and_blocked_as_the_other_configuration_says() throws Exception {
        try (TestGateway gateway = TestGateway.start()) {
            for (int i = 0; i < 4; i++) {
                gateway.post("/v1/chat/completions", CALL, "x-tollgate-team", i < 2 ? "a" : "b");
            }
            long paid = gateway.rows(4).stream()
                    .mapToLong(row -> row.metered().cost().nanos())
                    .sum();

            Outlook same = replayed(gateway, "").total();
            assertThat(same.calls()).isEqualTo(4);
            assertThat(same.beforeNanos())
                    .isEqualTo(paid)
                    .isEqualTo(same.afterNanos())
                    .isPositive();

            Simulation routed = replayed(
                    gateway, "routing: [{name: mini, when: {model: [gpt-4o], team: [a]}, use: [gpt-4o-mini]}]\n");
            assertThat(routed.total().routedCalls()).isEqualTo(2);
            assertThat(team(routed, "a").afterNanos())
                    .isPositive()
                    .isLessThan(team(routed, "a").beforeNanos());
            assertThat(team(routed, "b").afterNanos())
                    .isEqualTo(team(routed, "b").beforeNanos());

            Outlook capped = replayed(gateway, "output: {default: 1}\n").total();
            assertThat(capped.cappedCalls()).isEqualTo(4);
            assertThat(capped.afterNanos()).isLessThan(paid);

            Simulation blocked = replayed(
                    gateway,
                    "budgets: [{name: b, match: {}, period: total, limit: {usd: 0.00000001},"
                            + " steps: [{at: 100%, do: block}]}]\n");
            assertThat(blocked.total().blockedCalls()).isEqualTo(3);
            assertThat(blocked.notSimulated()).anyMatch(what -> what.startsWith("budgets"));
            assertThat(SimulationText.json(blocked)).contains("\"blocked\":3", "\"team\":\"a\"");
            assertThat(SimulationText.table(blocked)).contains("Not simulated:", "before USD");
        }
    }

    @Test
    void what_was_a_hit_stays_one_only_with_a_cache() throws Exception {
        try (TestGateway gateway = TestGateway.start("cache: {exact: {enabled: true}}\n")) {
            gateway.post("/v1/chat/completions", CALL);
            gateway.rows(1);
            gateway.post("/v1/chat/completions", CALL);
            gateway.rows(2);

            Outlook with =
                    replayed(gateway, "cache: {exact: {enabled: true}}\n").total();
            assertThat(with.cachedCalls()).isEqualTo(1);
            assertThat(with.afterNanos()).isEqualTo(with.beforeNanos());
            Outlook without = replayed(gateway, "").total();
            assertThat(without.cachedCalls()).isZero();
            assertThat(without.afterNanos()).isEqualTo(2 * without.beforeNanos());
        }
    }
}
