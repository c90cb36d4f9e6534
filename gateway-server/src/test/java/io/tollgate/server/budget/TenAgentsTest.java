package io.tollgate.server.budget;

import static io.tollgate.server.gateway.TestGateway.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.server.fakeprovider.behaviour.Behaviour;
import io.tollgate.server.gateway.TestGateway;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nobody is starved by holds: what is held is what calls usually cost, not the worst they could. */
class TenAgentsTest {
    private static final int AGENTS = 10;

    /** The worst case of one answer, 128,000 tokens, costs 76.80 dollars: three times what is left. */
    private static final String DEAR = """
            models:
              dear: {provider: openai, price: {input: 150, output: 600}, context: 400000, max_output: 128000}
            budgets:
              - {name: b, match: {}, period: month, limit: {usd: 25}, steps: [{at: 100%, do: block}]}
            """;

    private static final String ASK =
            "{\"model\":\"dear\",STREAM\"messages\":[{\"role\":\"user\",\"content\":\"Plan the next step.\"}]}";

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_caller_with_25_dollars_left_runs_ten_agents_at_once_without_a_cap(boolean streamed) throws Exception {
        try (TestGateway gateway = TestGateway.start(DEAR)) {
            gateway.provider().rules().otherwise(Behaviour.reply().tokens(900).delay(Duration.ofMillis(400)));

            assertThat(runAtOnce(gateway, streamed)).containsOnly(200);
            assertThat(gateway.provider().requests().total()).isEqualTo(AGENTS);
            assertNothingIsOverrun(gateway);
        }
    }

    /** The learned quantile alone, 12.60 dollars and more, would let one of them in. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void that_answers_were_long_before_starves_nobody(boolean streamed) throws Exception {
        try (TestGateway gateway = TestGateway.start(DEAR.replace("limit: {usd: 25}", "limit: {usd: 2000}"))) {
            learnLongAnswers(gateway);
            gateway.provider().rules().otherwise(Behaviour.reply().tokens(900).delay(Duration.ofMillis(400)));

            assertThat(runAtOnce(gateway, streamed)).containsOnly(200);
            assertNothingIsOverrun(gateway);
        }
    }

    /** The hold used to be cut to the call's share only after all of it had been taken, and others fell in between. */
    @Test
    void no_call_looks_as_if_it_took_all_that_is_left_not_even_for_a_moment() throws Exception {
        try (TestGateway gateway = TestGateway.start(DEAR.replace("limit: {usd: 25}", "limit: {usd: 2000}"))) {
            learnLongAnswers(gateway);
            gateway.provider().rules().otherwise(Behaviour.reply().tokens(20).delay(Duration.ofMillis(20)));
            for (int round = 0; round < 12; round++) {
                assertThat(runAtOnce(gateway, false)).as("round %d", round).containsOnly(200);
            }
        }
    }

    @Test
    void how_well_prompts_were_foreseen_is_told_in_the_metrics() throws Exception {
        try (TestGateway gateway = TestGateway.start(DEAR.replace("limit: {usd: 25}", "limit: {usd: 2000}"))) {
            gateway.provider().rules().otherwise(Behaviour.reply().tokens(3_000));
            for (int i = 0; i < 21; i++) {
                gateway.post("/v1/chat/completions", ASK.replace("STREAM", ""));
            }
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(gateway.get(gateway.server().adminUrl() + "/metrics")
                                    .body())
                            .contains("tollgate_estimate_compared_requests_total 21.0", "tollgate_estimate_groups "));
        }
    }

    /** Leaves 25 dollars, and the memory of answers of 21,000 tokens. */
    private static void learnLongAnswers(TestGateway gateway) throws Exception {
        gateway.provider().rules().otherwise(Behaviour.reply().tokens(21_000));
        String ask = ASK.replace("STREAM", "");
        for (int i = 0; i < 21; i++) {
            assertThat(gateway.post("/v1/chat/completions", ask).statusCode()).isEqualTo(200);
        }
        await().atMost(SOON).until(() -> budget(gateway).contains("\"holds\":0,"));
        double spent = Double.parseDouble(budget(gateway).replaceAll(".*\"spent\":\\{\"usd\":([0-9.]+).*", "$1"));
        gateway.reload(configuration(gateway, spent + 25));
    }

    private static String configuration(TestGateway gateway, double limit) {
        return "server: {port: " + gateway.port() + ", max_request: 1MiB}\nproviders:\n"
                + "  openai: {dialect: openai, base_url: PROVIDER, timeouts: {connect: 2s}}\n"
                + DEAR.replace("limit: {usd: 25}", "limit: {usd: " + limit + "}");
    }

    private static List<Integer> runAtOnce(TestGateway gateway, boolean streamed) throws Exception {
        String ask = ASK.replace("STREAM", streamed ? "\"stream\":true," : "");
        List<CompletableFuture<HttpResponse<String>>> calls = new ArrayList<>();
        for (int i = 0; i < AGENTS; i++) {
            calls.add(gateway.client()
                    .sendAsync(gateway.request("/v1/chat/completions", ask), HttpResponse.BodyHandlers.ofString()));
        }
        List<Integer> statuses = new ArrayList<>();
        for (CompletableFuture<HttpResponse<String>> call : calls) {
            HttpResponse<String> response = call.get();
            statuses.add(response.statusCode());
            assertThat(response.body()).doesNotContain("\"finish_reason\":\"length\"");
        }
        return statuses;
    }

    private static void assertNothingIsOverrun(TestGateway gateway) throws Exception {
        await().atMost(SOON).until(() -> budget(gateway).contains("\"holds\":0,"));
        assertThat(budget(gateway)).contains("\"overrun\":{\"usd\":0,");
    }

    private static String budget(TestGateway gateway) throws Exception {
        return gateway.get(gateway.server().adminUrl() + "/api/v1/budgets/b").body();
    }
}
