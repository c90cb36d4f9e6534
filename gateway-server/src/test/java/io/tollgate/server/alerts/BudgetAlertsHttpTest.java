package io.tollgate.server.alerts;

import static io.tollgate.server.gateway.TestGateway.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.server.fakeprovider.behaviour.Behaviour;
import io.tollgate.server.gateway.TestGateway;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class BudgetAlertsHttpTest {
    /** A call costs a dollar. */
    private static final String CONFIG = """
            models:
              penny: {provider: openai, price: {input: 0, output: 10000}}
            budgets:
              - name: b
                period: month
                limit: {usd: 20}
                steps: [{at: 50%, do: notify, level: info}, {at: 75%, do: notify}, {at: 90%, do: notify, level: critical}]
            """;

    private static final String ASK =
            "{\"model\":\"penny\",\"max_tokens\":100,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";

    private static void call(TestGateway gateway) throws Exception {
        assertThat(gateway.post("/v1/chat/completions", ASK).statusCode()).isEqualTo(200);
    }

    private static String get(TestGateway gateway, String path) throws Exception {
        return gateway.get(gateway.server().adminUrl() + path).body();
    }

    @Test
    void a_budget_that_climbs_its_ladder_sends_one_alert_for_each_step_and_none_again() throws Exception {
        try (HookReceiver receiver = new HookReceiver(false);
                TestGateway gateway =
                        TestGateway.start(CONFIG + "alerts: [{type: webhook, url: \"" + receiver.url() + "\"}]\n")) {
            gateway.provider().rules().otherwise(Behaviour.reply().tokens(100));
            int told = 0;
            for (int calls = 1; calls <= 19; calls++) {
                call(gateway);
                if (calls == 10 || calls == 15 || calls == 18) {
                    int expected = ++told;
                    await().atMost(SOON).until(() -> receiver.bodies().size() == expected);
                }
            }
            List<String> bodies = receiver.bodies();
            String month = "Budget b is at PERCENT %: $SPENT of $20.00 spent";
            assertThat(bodies).hasSize(3);
            assertThat(bodies.get(0))
                    .contains(month.replace("PERCENT", "50").replace("SPENT", "10.00"), "\"severity\":\"info\"");
            assertThat(bodies.get(1))
                    .contains(month.replace("PERCENT", "75").replace("SPENT", "15.00"), "\"severity\":\"warning\"");
            assertThat(bodies.get(2))
                    .contains(month.replace("PERCENT", "90").replace("SPENT", "18.00"), "\"severity\":\"critical\"")
                    .containsPattern("resets \\d{4}-\\d\\d-01T00:00Z");
            String listed = get(gateway, "/api/v1/alerts");
            assertThat(listed)
                    .contains("\"channel\":\"webhook\",\"state\":\"delivered\",\"attempts\":1")
                    .doesNotContain("secret-hook");
            assertThat(get(gateway, "/api/v1/alerts?limit=2")).contains("\"next\":\"2\"");
            assertThat(get(gateway, "/api/v1/alerts?limit=0")).contains("expected a number from 1 to 1000");
            assertThat(get(gateway, "/metrics")).contains("tollgate_alerts_delivered_total{channel=\"webhook\"} 3.0");
        }
    }

    @Test
    void a_receiver_that_hangs_delays_no_call() throws Exception {
        try (HookReceiver receiver = new HookReceiver(true);
                TestGateway gateway =
                        TestGateway.start(CONFIG + "alerts: [{type: slack, url: \"" + receiver.url() + "\"}]\n")) {
            gateway.provider().rules().otherwise(Behaviour.reply().tokens(100));
            for (int calls = 1; calls <= 10; calls++) {
                call(gateway);
            }
            await().atMost(SOON).until(() -> receiver.bodies().size() == 1);
            long begun = System.nanoTime();
            for (int calls = 1; calls <= 9; calls++) {
                call(gateway);
            }
            assertThat(System.nanoTime() - begun).isLessThan(5_000_000_000L);
            await().atMost(SOON)
                    .until(() -> Objects.requireNonNull(get(gateway, "/api/v1/alerts"))
                                    .split("\"pending\"")
                                    .length
                            == 4);
        }
    }
}
