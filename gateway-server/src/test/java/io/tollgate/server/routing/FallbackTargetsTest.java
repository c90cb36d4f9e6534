package io.tollgate.server.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.server.fakeprovider.FakeProvider;
import io.tollgate.server.fakeprovider.behaviour.Behaviour;
import io.tollgate.server.fakeprovider.traffic.ReceivedRequest;
import io.tollgate.server.gateway.TestGateway;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the next target gets: its own address, credential, model and parameters, and what it may be asked at all. */
class FallbackTargetsTest {
    private static final String CHAT =
            "{\"model\":\"first\",\"stream\":STREAM,\"temperature\":0.5,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
    private static final String MODELS = """
            models:
              first: {provider: here, price: {input: 1000, output: 1000}}
              second: {provider: there, price: {input: 0, output: 100}}
              third: {provider: here, price: {input: 0, output: 100}}
            """;

    private final FakeProvider there = FakeProvider.start();

    @AfterEach
    void close() {
        there.close();
    }

    private TestGateway gateway(String here, String other, String more) {
        TestGateway gateway = TestGateway.start(
                """
                providers:
                  here: {dialect: openai, base_url: PROVIDER, timeouts: {first_byte: 800ms}HERE}
                  there: {dialect: openai, base_url: "THERE/sub"OTHER}
                """.replace("THERE", there.url()).replace("HERE", here).replace("OTHER", other) + MODELS + more);
        gateway.provider().rules().otherwise(Behaviour.reply().tokens(100));
        there.rules().otherwise(Behaviour.reply().tokens(100));
        return gateway;
    }

    private static HttpResponse<String> ask(TestGateway gateway, boolean stream, String... headers) throws Exception {
        return gateway.post("/v1/chat/completions", CHAT.replace("STREAM", Boolean.toString(stream)), headers);
    }

    @Test
    void it_is_called_at_its_own_address_with_its_own_key_and_model() throws Exception {
        try (TestGateway gateway =
                gateway(", api_key: key-here", ", api_key: key-there", "fallbacks: {first: [there/o3-mini]}\n")) {
            gateway.provider().rules().enqueue(Behaviour.status(503));
            assertThat(ask(gateway, false).statusCode()).isEqualTo(200);
            assertThat(gateway.provider().requests().last().headers("authorization"))
                    .containsExactly("Bearer key-here");
            ReceivedRequest got = there.requests().last();
            assertThat(got.headers("authorization")).containsExactly("Bearer key-there");
            assertThat(got.path()).isEqualTo("/sub/v1/chat/completions");
            assertThat(got.header("host")).isEqualTo(there.url().substring("http://".length()));
            assertThat(got.bodyText()).contains("\"o3-mini\"").doesNotContain("temperature", "first");
        }
    }

    @Test
    void the_callers_credential_stays_with_the_provider_it_was_meant_for() throws Exception {
        try (TestGateway gateway = gateway("", "", "fallbacks: {first: [second]}\n")) {
            gateway.provider().rules().enqueue(Behaviour.status(503));
            assertThat(ask(gateway, false, "authorization", "Bearer callers-own")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(gateway.provider().requests().last().header("authorization"))
                    .isEqualTo("Bearer callers-own");
            assertThat(there.requests().last().header("authorization")).isNull();
        }
    }

    @Test
    void a_rule_that_leads_elsewhere_does_not_take_it_along_either() throws Exception {
        try (TestGateway gateway = gateway("", "", "routing: [{name: away, when: {model: first}, use: [second]}]\n")) {
            assertThat(ask(gateway, false, "authorization", "Bearer callers-own")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(there.requests().last().header("authorization")).isNull();
        }
    }

    @Test
    void a_model_the_key_may_not_use_is_passed_over() throws Exception {
        String hash = "2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b"; // of "secret"
        try (TestGateway gateway = gateway("", ", api_key: k", """
                fallbacks: {first: [second, third]}
                keys: [{id: k, hash: "sha256:%s", allow_models: [first, third]}]
                """.formatted(hash))) {
            gateway.provider().rules().enqueue(Behaviour.status(503));
            HttpResponse<String> response = ask(gateway, false, "x-tollgate-key", "secret");
            assertThat(header(response, "x-tollgate-model")).isEqualTo("third");
            assertThat(there.requests().all()).isEmpty();
        }
    }

    @Test
    void each_target_is_asked_for_usage_as_it_wants() throws Exception {
        for (boolean first : new boolean[] {true, false}) {
            String never = ", stream_usage: never";
            try (TestGateway gateway =
                    gateway(first ? "" : never, first ? never : "", "fallbacks: {first: [second]}\n")) {
                gateway.provider().rules().enqueue(Behaviour.status(503));
                HttpResponse<String> response = ask(gateway, true);
                assertThat(response.body()).contains("[DONE]").doesNotContain("\"choices\":[]");
                assertThat(gateway.provider().requests().last().bodyText().contains("include_usage"))
                        .isEqualTo(first);
                assertThat(there.requests().last().bodyText().contains("include_usage"))
                        .isEqualTo(!first);
            }
        }
    }

    @Test
    void a_budget_of_one_provider_counts_what_was_spent_there_and_one_of_all_the_sum() throws Exception {
        try (TestGateway gateway = gateway("", "", """
                fallbacks: {first: [second]}
                budgets:
                  - {name: here, match: {provider: here}, period: day, limit: {usd: 9}, steps: [{at: 100%, do: block}]}
                  - {name: there, match: {provider: there}, period: day, limit: {usd: 9}, steps: [{at: 100%, do: block}]}
                  - {name: all, period: day, limit: {usd: 9}, steps: [{at: 100%, do: block}]}
                """)) {
            gateway.provider().rules().enqueue(Behaviour.reply().delay(Duration.ofSeconds(20)));
            assertThat(ask(gateway, true).body()).contains("[DONE]");
            long late = gateway.rows(2).stream()
                    .filter(row -> !row.last())
                    .mapToLong(row -> row.metered().cost().nanos())
                    .sum();
            assertThat(late).isPositive();
            await().until(() -> spent(gateway, "here") == late);
            assertThat(spent(gateway, "there")).isEqualTo(10_000_000);
            assertThat(spent(gateway, "all")).isEqualTo(10_000_000 + late);
            assertThat(gateway.get(gateway.server().adminUrl() + "/api/v1/budgets")
                            .body()
                            .split("\"held\":\\{\"usd\":0[,.}]"))
                    .hasSize(4);
        }
    }

    @Test
    void a_provider_whose_budget_is_used_up_is_passed_over() throws Exception {
        try (TestGateway gateway = gateway("", "", """
                fallbacks: {first: [second, third]}
                budgets:
                  - {name: there, match: {provider: there}, period: day, limit: {usd: 0.000001}, steps: [{at: 100%, do: block}]}
                """)) {
            gateway.provider().rules().enqueue(Behaviour.status(503));
            assertThat(header(ask(gateway, false), "x-tollgate-model")).isEqualTo("third");
            assertThat(there.requests().all()).isEmpty();
        }
    }

    @Test
    void a_cap_that_a_budget_lowered_goes_along_in_the_next_ones_own_field() throws Exception {
        try (TestGateway gateway = gateway("", ", api_key: k", """
                fallbacks: {first: [there/o3-mini]}
                budgets:
                  - {name: b, period: day, limit: {usd: 0.5}, steps: [{at: 100%, do: block}]}
                """)) {
            gateway.provider().rules().enqueue(Behaviour.status(503));
            HttpResponse<String> response = gateway.post(
                    "/v1/chat/completions",
                    CHAT.replace("STREAM", "true").replace("\"temperature\":0.5", "\"max_tokens\":5000"));
            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
            assertThat(there.requests().last().bodyText())
                    .contains("max_completion_tokens")
                    .doesNotContain("max_tokens", "5000");
        }
    }

    @Test
    void how_targets_are_is_told() throws Exception {
        try (TestGateway gateway = gateway("", "", "fallbacks: {first: [second]}\n")) {
            gateway.provider().rules().otherwise(Behaviour.status(503));
            for (int i = 0; i < 10; i++) {
                ask(gateway, false);
            }
            assertThat(gateway.get(gateway.server().adminUrl() + "/api/v1/routes")
                            .body())
                    .contains("{\"target\":\"here/first\",\"state\":\"open\",\"calls\":10,\"failures\":10}")
                    .contains("{\"target\":\"there/second\",\"state\":\"closed\",\"calls\":10,\"failures\":0}");
            assertThat(gateway.get(gateway.server().adminUrl() + "/metrics").body())
                    .contains("tollgate_upstream_targets_open 1.0")
                    .contains("tollgate_upstream_fallbacks_total 10.0");
        }
    }

    private static long spent(TestGateway gateway, String budget) throws Exception {
        String body = gateway.get(gateway.server().adminUrl() + "/api/v1/budgets/" + budget)
                .body();
        String from = body.substring(body.indexOf("\"spent\":{\"usd\":") + 15);
        return new java.math.BigDecimal(from.substring(0, from.indexOf(',')))
                .movePointRight(9)
                .longValueExact();
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }
}
