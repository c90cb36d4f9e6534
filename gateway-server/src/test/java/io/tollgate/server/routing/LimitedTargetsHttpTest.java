package io.tollgate.server.routing;

import static io.tollgate.server.gateway.TestGateway.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.server.fakeprovider.FakeProvider;
import io.tollgate.server.fakeprovider.behaviour.Behaviour;
import io.tollgate.server.gateway.TestGateway;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Budgets and limits of the model or provider a call is led to, by a rule or a fallback, hold for it, too. */
class LimitedTargetsHttpTest {
    private static final String ASK = "{\"model\":\"first\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
    private static final String MODELS = """
            models:
              first: {provider: here, price: {input: 0, output: 100}}
              second: {provider: there, price: {input: 0, output: 100}}
              third: {provider: here, price: {input: 0, output: 100}}
              dear: {provider: there, price: {input: 0, output: 10000}}
            """;

    private final FakeProvider there = FakeProvider.start();

    @AfterEach
    void close() {
        there.close();
    }

    private TestGateway gateway(String more) {
        TestGateway gateway = TestGateway.start("""
                providers:
                  here: {dialect: openai, base_url: PROVIDER}
                  there: {dialect: openai, base_url: "THERE", api_key: k}
                """.replace("THERE", there.url()) + MODELS + more);
        gateway.provider().rules().otherwise(Behaviour.reply().tokens(100));
        there.rules().otherwise(Behaviour.reply().tokens(100));
        return gateway;
    }

    private static HttpResponse<String> ask(TestGateway gateway, String... headers) throws Exception {
        HttpResponse<String> response = gateway.post("/v1/chat/completions", ASK, headers);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        gateway.row(response);
        return response;
    }

    private static String model(TestGateway gateway, String... headers) throws Exception {
        return ask(gateway, headers).headers().firstValue("x-tollgate-model").orElse("");
    }

    private static String fallback(TestGateway gateway, String... headers) throws Exception {
        gateway.provider().rules().enqueue(Behaviour.status(503));
        return model(gateway, headers);
    }

    @Test
    void a_rule_passes_by_a_provider_whose_budget_is_used_up_and_leaves_the_call_where_it_was_when_all_are()
            throws Exception {
        String budget = """
                budgets:
                  - {name: there, match: {provider: there}, period: day, limit: {usd: 0.015}, steps: [{at: 100%, do: block}]}
                """;
        try (TestGateway gateway =
                gateway("routing: [{name: r, when: {model: first}, use: [second, third]}]\n" + budget)) {
            assertThat(model(gateway)).as("0.010 of 0.015 are spent by it").isEqualTo("second");
            await().atMost(SOON).until(() -> model(gateway).equals("third"));
            assertThat(gateway.get(gateway.server().adminUrl() + "/api/v1/budgets/there")
                            .body())
                    .contains("\"held\":{\"usd\":0,");
        }
        try (TestGateway gateway = gateway("routing: [{name: r, when: {model: first}, use: [second]}]\n" + budget)) {
            await().atMost(SOON).until(() -> model(gateway).equals("first"));
            assertThat(ask(gateway).headers().firstValue("x-tollgate-route"))
                    .hasValue("direct; reason=serves the model");
        }
    }

    @Test
    void a_call_that_can_be_paid_where_it_was_asked_for_is_not_refused_for_what_a_rule_might_lead_it_to()
            throws Exception {
        try (TestGateway gateway = gateway("""
                routing: [{name: r, when: {model: first}, use: [dear, third]}]
                budgets:
                  - {name: all, period: day, limit: {usd: 0.1}, steps: [{at: 100%, do: block}]}
                """)) {
            assertThat(model(gateway)).as("16 tokens of the dear one cost 0.16").isEqualTo("third");
            assertThat(there.requests().all()).isEmpty();
        }
    }

    @Test
    void a_provider_whose_budget_gives_cached_answers_only_is_passed_by() throws Exception {
        try (TestGateway gateway = gateway("""
                routing: [{name: r, when: {model: first, task: [classify]}, use: [second]}]
                fallbacks: {first: [second, third]}
                budgets:
                  - {name: there, match: {provider: there}, period: day, limit: {usd: 1}, steps: [{at: 0.5%, do: cache_only}]}
                """)) {
            assertThat(model(gateway, "x-tollgate-task", "classify")).isEqualTo("second");
            await().atMost(SOON)
                    .until(() -> model(gateway, "x-tollgate-task", "classify").equals("first"));
            assertThat(fallback(gateway)).isEqualTo("third");
        }
    }

    @Test
    void a_rule_passes_by_a_model_that_is_over_its_rate() throws Exception {
        try (TestGateway gateway = gateway("""
                routing: [{name: r, when: {model: first}, use: [second, third]}]
                rate_limits: [{name: second, match: {model: second}, requests: 2/min}]
                """)) {
            assertThat(model(gateway)).isEqualTo("second");
            assertThat(model(gateway)).isEqualTo("second");
            assertThat(model(gateway)).isEqualTo("third");
        }
    }

    @Test
    void a_fallback_takes_from_the_rate_of_its_model_and_is_passed_by_when_that_is_used_up() throws Exception {
        try (TestGateway gateway = gateway("""
                fallbacks: {first: [second, third]}
                rate_limits: [{name: there, match: {provider: there}, tokens: 150/min}]
                """)) {
            assertThat(fallback(gateway)).isEqualTo("second");
            assertThat(fallback(gateway))
                    .as("more than 100 of 150 tokens are used")
                    .isEqualTo("third");
            assertThat(gateway.get(gateway.server().adminUrl() + "/metrics").body())
                    .contains("tollgate_rate_limit_refused_requests_total{limit=\"tokens\"} 0.0");
        }
    }

    @Test
    void its_slot_is_free_again_when_the_call_is_over() throws Exception {
        try (TestGateway gateway = gateway("""
                fallbacks: {first: [second, third]}
                rate_limits: [{name: second, match: {model: second}, concurrent: 1}]
                """)) {
            for (int i = 0; i < 3; i++) {
                assertThat(fallback(gateway)).isEqualTo("second");
            }
            there.rules().enqueue(Behaviour.reply().tokens(10).firstByteDelay(Duration.ofSeconds(2)));
            gateway.provider().rules().enqueue(Behaviour.status(503));
            CompletableFuture<HttpResponse<String>> slow = gateway.client()
                    .sendAsync(gateway.request("/v1/chat/completions", ASK), HttpResponse.BodyHandlers.ofString());
            await().atMost(SOON).until(() -> there.requests().total() == 4);
            assertThat(fallback(gateway)).as("while the only slot is taken").isEqualTo("third");
            assertThat(slow.join().statusCode()).isEqualTo(200);
        }
    }

    @Test
    void one_account_for_each_model_counts_each_where_it_goes() throws Exception {
        try (TestGateway gateway = gateway("""
                fallbacks: {first: [second, third]}
                rate_limits: [{name: each, each: [model], requests: 2/min}]
                """)) {
            assertThat(fallback(gateway)).isEqualTo("second");
            assertThat(fallback(gateway)).isEqualTo("second");
            assertThat(gateway.post("/v1/chat/completions", ASK).statusCode()).isEqualTo(429);
            assertThat(gateway.post("/v1/chat/completions", ASK.replace("first", "second"))
                            .statusCode())
                    .isEqualTo(429);
            assertThat(gateway.post("/v1/chat/completions", ASK.replace("first", "third"))
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void a_run_that_is_over_at_one_model_falls_back_to_another() throws Exception {
        try (TestGateway gateway = gateway("""
                fallbacks: {first: [second, third]}
                run_limits: [{name: second, match: {model: second}, steps: 1}]
                """)) {
            assertThat(fallback(gateway, "x-tollgate-session", "a")).isEqualTo("second");
            assertThat(fallback(gateway, "x-tollgate-session", "a")).isEqualTo("third");
            assertThat(fallback(gateway, "x-tollgate-session", "b")).isEqualTo("second");
        }
    }

    @Test
    void a_call_that_a_run_limit_keeps_where_it_was_asked_for_is_paid_there() throws Exception {
        try (TestGateway gateway = gateway("""
                routing: [{name: r, when: {model: first}, use: [second]}]
                run_limits: [{name: second, match: {model: second}, tool_calls: 1}]
                budgets:
                  - {name: at-here, match: {provider: here}, period: day, limit: {usd: 1}, steps: [{at: 100%, do: block}]}
                  - {name: at-there, match: {provider: there}, period: day, limit: {usd: 1}, steps: [{at: 100%, do: block}]}
                """)) {
            String called = "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[" + toolCall(1) + ","
                    + toolCall(2) + "," + toolCall(3) + "]}";
            HttpResponse<String> response = gateway.post(
                    "/v1/chat/completions",
                    "{\"model\":\"first\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}," + called + ","
                            + toolAnswer(1) + "," + toolAnswer(2) + "," + toolAnswer(3) + "]}",
                    "x-tollgate-session",
                    "a");
            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
            assertThat(response.headers().firstValue("x-tollgate-model")).hasValue("first");
            gateway.row(response);
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(budget(gateway, "at-here")).contains("\"spent\":{\"usd\":0.01"));
            assertThat(budget(gateway, "at-there")).contains("\"spent\":{\"usd\":0,", "\"held\":{\"usd\":0,");
        }
    }

    private static String budget(TestGateway gateway, String name) throws Exception {
        return gateway.get(gateway.server().adminUrl() + "/api/v1/budgets/" + name)
                .body();
    }

    private static String toolCall(int id) {
        return "{\"id\":\"c" + id
                + "\",\"type\":\"function\",\"function\":{\"name\":\"look\",\"arguments\":\"{\\\"at\\\":" + id
                + "}\"}}";
    }

    private static String toolAnswer(int id) {
        return "{\"role\":\"tool\",\"tool_call_id\":\"c" + id + "\",\"content\":\"seen\"}";
    }

    @Test
    void what_a_second_model_of_a_provider_uses_counts_in_the_rate_of_that_provider() throws Exception {
        try (TestGateway gateway = gateway("""
                fallbacks: {first: [second, dear, third]}
                rate_limits: [{name: there, match: {provider: there}, tokens: 150/min}]
                """)) {
            there.rules().enqueue(Behaviour.status(503));
            assertThat(fallback(gateway)).isEqualTo("dear");
            assertThat(fallback(gateway))
                    .as("more than 100 of 150 tokens are used")
                    .isEqualTo("third");
        }
    }
}
