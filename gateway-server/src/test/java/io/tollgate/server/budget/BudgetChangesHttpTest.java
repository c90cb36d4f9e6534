package io.tollgate.server.budget;

import static io.tollgate.server.gateway.TestGateway.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.server.fakeprovider.behaviour.Behaviour;
import io.tollgate.server.gateway.TestGateway;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Budgets when what they are about changes: the provider a call goes to, the configuration, what a cap may be. */
class BudgetChangesHttpTest {
    /** A dollar buys a hundred tokens of output at either provider; input is free. */
    private static final String MODELS = """
            models:
              penny: {provider: openai, price: {input: 0, output: 10000}}
              sou: {provider: anthropic, price: {input: 0, output: 10000}}
            """;

    private static final String PROVIDERS = """
            server: {port: 0}
            providers:
              openai: {dialect: openai, base_url: PROVIDER}
              anthropic: {dialect: anthropic, base_url: PROVIDER}
            """;

    private static final String BLOCKED_AT = """
            budgets:
              - {name: b, match: {}, period: month, limit: {usd: %s}, steps: [{at: 100%%, do: block}]}
            """;

    private static final String OPENAI_ASK =
            "{\"model\":\"penny\",\"max_tokens\":100,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
    private static final String ANTHROPIC_ASK = OPENAI_ASK.replace("penny", "sou");

    private static TestGateway gateway(String more) {
        TestGateway gateway = TestGateway.start(MODELS + more);
        gateway.provider().rules().otherwise(Behaviour.reply().tokens(100));
        return gateway;
    }

    private static String budget(TestGateway gateway) throws Exception {
        return gateway.get(gateway.server().adminUrl() + "/api/v1/budgets/b").body();
    }

    @Test
    void a_budget_of_one_provider_counts_what_goes_there_and_nothing_else() throws Exception {
        try (TestGateway gateway = gateway("""
                budgets:
                  - {name: b, match: {provider: anthropic}, period: month, limit: {usd: 1}, steps: [{at: 100%, do: block}]}
                """)) {
            for (int i = 0; i < 3; i++) {
                assertThat(gateway.post("/v1/chat/completions", OPENAI_ASK).statusCode())
                        .isEqualTo(200);
            }
            assertThat(budget(gateway)).contains("\"spent\":{\"usd\":0,");
            assertThat(gateway.post("/v1/messages", ANTHROPIC_ASK).statusCode()).isEqualTo(200);
            HttpResponse<String> refused = gateway.post("/v1/messages", ANTHROPIC_ASK);
            assertThat(refused.statusCode()).isEqualTo(402);
            assertThat(refused.body()).contains("budget b");
            assertThat(gateway.post("/v1/chat/completions", OPENAI_ASK).statusCode())
                    .isEqualTo(200);
            await().atMost(SOON).until(() -> budget(gateway).contains("\"holds\":0,"));
            assertThat(budget(gateway)).contains("\"spent\":{\"usd\":1,");
        }
    }

    @Test
    void a_reload_changes_the_limit_and_keeps_what_was_spent() throws Exception {
        try (TestGateway gateway = gateway(BLOCKED_AT.formatted("1"))) {
            assertThat(gateway.post("/v1/chat/completions", OPENAI_ASK).statusCode())
                    .isEqualTo(200);
            assertThat(gateway.post("/v1/chat/completions", OPENAI_ASK).statusCode())
                    .isEqualTo(402);
            gateway.reload(PROVIDERS + MODELS + BLOCKED_AT.formatted("2"));
            assertThat(gateway.post("/v1/chat/completions", OPENAI_ASK).statusCode())
                    .isEqualTo(200);
            assertThat(gateway.post("/v1/chat/completions", OPENAI_ASK).statusCode())
                    .isEqualTo(402);
            await().atMost(SOON).until(() -> budget(gateway).contains("\"holds\":0,"));
            assertThat(budget(gateway)).contains("\"limit\":{\"usd\":2,", "\"spent\":{\"usd\":2,");
        }
    }

    @ParameterizedTest(name = "thinking of {1} tokens within ${0}: {2}")
    @CsvSource({"1.2, 150, 402, ", "2, 150, 200, 200", "1.52, 150, 200, 152", "1.5, 150, 402, "})
    void a_cap_is_not_lowered_below_what_the_caller_lets_the_model_think(
            String usd, int thinking, int status, String cap) throws Exception {
        try (TestGateway gateway = gateway(BLOCKED_AT.formatted(usd))) {
            String ask = ANTHROPIC_ASK.replace(
                    "\"max_tokens\":100",
                    "\"max_tokens\":400,\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":" + thinking + "}");
            HttpResponse<String> response = gateway.post("/v1/messages", ask);
            assertThat(response.statusCode()).isEqualTo(status);
            if (cap == null) {
                assertThat(gateway.provider().requests().total()).isZero();
            } else {
                assertThat(response.headers().firstValue("x-tollgate-max-tokens"))
                        .hasValue(cap + "; source=budget");
                assertThat(gateway.provider().requests().last().bodyText()).contains("\"max_tokens\":" + cap + ",");
            }
        }
    }
}
