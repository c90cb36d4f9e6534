package io.tollgate.server.routing;

import static io.tollgate.server.gateway.TestGateway.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.budget.usagelog.UsageRow;
import io.tollgate.core.exchange.End;
import io.tollgate.server.fakeprovider.behaviour.Behaviour;
import io.tollgate.server.fakeprovider.behaviour.Cut;
import io.tollgate.server.gateway.TestGateway;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a caller, the provider and the ledger see of each way to fail, streaming and not. */
class FallbackHttpTest {
    private static final String MODELS = """
            models:
              first: {provider: openai, price: {input: 1000, output: 1000}, context: 100k}
              second: {provider: openai, price: {input: 0, output: 100}, context: 100k, max_output: 500}
              third: {provider: openai, price: {input: 0, output: 1000000}, context: 100k}
              elsewhere: {provider: down, price: {input: 0, output: 1}}
            providers:
              openai: {dialect: openai, base_url: PROVIDER, timeouts: {connect: 2s, first_byte: 1500ms}}
              down: {dialect: openai, base_url: "http://127.0.0.1:1", timeouts: {connect: 2s}}
            """;

    private static final String NEXT = "fallbacks: {first: [second], elsewhere: [second]}\n";
    private static final String AGAIN = "retries: {attempts: 2, backoff: 5ms, max_backoff: 2s}\n";

    private static String ask(String model, boolean stream) {
        return "{\"model\": \"" + model + "\", \"stream\": " + stream
                + ", \"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
    }

    private static TestGateway gateway(String more) {
        TestGateway gateway = TestGateway.start(MODELS + more);
        gateway.provider().rules().otherwise(Behaviour.reply().tokens(100));
        return gateway;
    }

    private static HttpResponse<String> post(TestGateway gateway, String body, String... headers) throws Exception {
        return gateway.post("/v1/chat/completions", body, headers);
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    private static void assertWhole(HttpResponse<String> response, boolean stream) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        if (stream) {
            assertThat(response.body()).endsWith("data: [DONE]\n\n").containsOnlyOnce("[DONE]");
        } else {
            assertThat(response.body()).contains("\"choices\"");
        }
    }

    private static void assertRows(TestGateway gateway, HttpResponse<?> response, End... ends) {
        List<UsageRow> rows = gateway.rows(ends.length);
        assertThat(rows).hasSize(ends.length);
        for (int i = 0; i < ends.length; i++) {
            UsageRow row = rows.stream()
                    .sorted(java.util.Comparator.comparingInt(UsageRow::attempt))
                    .toList()
                    .get(i);
            assertThat(row.requestId()).isEqualTo(header(response, "x-tollgate-request-id"));
            assertThat(row.attempt()).isEqualTo(i + 1);
            assertThat(row.last()).isEqualTo(i == ends.length - 1);
            assertThat(row.end()).isEqualTo(ends[i]);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 502, 503, 504, 529})
    void a_failure_told_by_its_status_is_tried_again_and_then_elsewhere(int status) throws Exception {
        for (boolean stream : new boolean[] {false, true}) {
            try (TestGateway gateway = gateway(NEXT + AGAIN)) {
                gateway.provider().rules().enqueue(Behaviour.status(status), Behaviour.status(status));
                HttpResponse<String> response = post(gateway, ask("first", stream));
                assertWhole(response, stream);
                assertThat(gateway.provider().requests().all()).hasSize(3);
                assertThat(header(response, "x-tollgate-model")).isEqualTo("second");
                assertThat(header(response, "x-tollgate-route"))
                        .isEqualTo("direct; reason=fallback after " + status + " from openai/first");
                assertRows(gateway, response, End.UPSTREAM_FAILED, End.UPSTREAM_FAILED, End.COMPLETE);
                assertThat(cost(gateway)).isEqualTo(10_000_000L);
            }
        }
    }

    private static long cost(TestGateway gateway) {
        return gateway.rows(1).stream()
                .mapToLong(row -> row.metered().cost().nanos())
                .sum();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_target_that_refuses_connections_is_tried_again_and_then_left(boolean stream) throws Exception {
        try (TestGateway gateway = gateway(NEXT + AGAIN)) {
            HttpResponse<String> response = post(gateway, ask("elsewhere", stream));
            assertWhole(response, stream);
            assertThat(gateway.provider().requests().all()).hasSize(1);
            assertThat(header(response, "x-tollgate-provider")).isEqualTo("openai");
            assertRows(gateway, response, End.UPSTREAM_FAILED, End.UPSTREAM_FAILED, End.COMPLETE);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void what_breaks_before_the_head_or_is_not_http_is_tried_again(boolean stream) throws Exception {
        for (Behaviour fault : List.of(
                Behaviour.reply().resetBeforeHead(),
                Behaviour.reply().garbage("SSH-2.0-OpenSSH\r\n\r\n".getBytes(StandardCharsets.US_ASCII)))) {
            try (TestGateway gateway = gateway(AGAIN)) {
                gateway.provider().rules().enqueue(fault);
                HttpResponse<String> response = post(gateway, ask("first", stream));
                assertWhole(response, stream);
                assertThat(header(response, "x-tollgate-route"))
                        .isEqualTo("direct; reason=retried after a broken connection");
                assertRows(gateway, response, End.UPSTREAM_FAILED, End.COMPLETE);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void what_breaks_after_a_good_head_is_never_asked_for_twice(boolean stream) throws Exception {
        for (Behaviour fault : List.of(
                Behaviour.reply().resetAfterHead(),
                stream
                        ? Behaviour.reply().tokens(50).closeAfterEvents(1)
                        : Behaviour.reply().tokens(50).cut(Cut.afterBytes(Cut.Kind.CLOSE, 40)))) {
            try (TestGateway gateway = gateway(NEXT + AGAIN)) {
                gateway.provider().rules().enqueue(fault);
                try {
                    assertThat(post(gateway, ask("first", stream)).body()).contains("upstream_failed");
                } catch (java.io.IOException cut) {
                    assertThat(stream).isTrue();
                }
                assertThat(gateway.rows(1)).hasSize(1);
                assertThat(gateway.provider().requests().all()).hasSize(1);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_slow_first_byte_may_be_billed_so_only_another_target_is_asked(boolean stream) throws Exception {
        try (TestGateway gateway = gateway(NEXT + AGAIN)) {
            gateway.provider().rules().enqueue(Behaviour.reply().delay(Duration.ofSeconds(20)));
            HttpResponse<String> response = post(gateway, ask("first", stream));
            assertWhole(response, stream);
            assertThat(gateway.provider().requests().all()).hasSize(2);
            assertThat(header(response, "x-tollgate-route"))
                    .isEqualTo("direct; reason=fallback after a time-out from openai/first");
            assertRows(gateway, response, End.TIMED_OUT, End.COMPLETE);
            assertThat(cost(gateway)).isGreaterThan(10_000_000L);
        }
    }

    @Test
    void a_provider_that_asks_for_a_short_wait_is_waited_for_and_one_that_asks_for_a_long_one_is_left()
            throws Exception {
        try (TestGateway gateway = gateway(NEXT + AGAIN)) {
            gateway.provider().rules().enqueue(Behaviour.status(429).retryAfter("1"));
            long before = System.nanoTime();
            HttpResponse<String> waited = post(gateway, ask("first", false));
            assertThat(System.nanoTime() - before).isGreaterThan(1_000_000_000L);
            assertThat(header(waited, "x-tollgate-route")).isEqualTo("direct; reason=retried after 429");
            gateway.provider().rules().enqueue(Behaviour.status(429).retryAfter("60"));
            HttpResponse<String> left = post(gateway, ask("first", false));
            assertThat(header(left, "x-tollgate-model")).isEqualTo("second");
            assertThat(gateway.provider().requests().all()).hasSize(4);
        }
    }

    @Test
    void where_nobody_else_can_serve_it_the_providers_own_error_is_passed_on() throws Exception {
        try (TestGateway gateway = gateway(NEXT)) {
            gateway.provider().rules().otherwise(Behaviour.status(529).message("busy as can be"));
            HttpResponse<String> response = post(gateway, ask("first", false), "x-tollgate-route", "off");
            assertThat(response.statusCode()).isEqualTo(529);
            assertThat(response.body()).contains("busy as can be");
            assertThat(gateway.provider().requests().all()).hasSize(1);
            assertThat(post(gateway, ask("first", false).replace("\"stream\"", "\"max_tokens\": 501, \"stream\""))
                            .statusCode())
                    .isEqualTo(529);
            assertThat(gateway.provider().requests().all()).hasSize(2);
        }
    }

    @Test
    void without_fallbacks_and_retries_a_failure_is_the_answer() throws Exception {
        try (TestGateway gateway = gateway("")) {
            gateway.provider().rules().enqueue(Behaviour.status(503));
            assertThat(post(gateway, ask("first", false)).statusCode()).isEqualTo(503);
            assertThat(gateway.provider().requests().all()).hasSize(1);
        }
    }

    @Test
    void a_target_that_cannot_be_paid_is_passed_over_and_every_hold_is_given_back() throws Exception {
        try (TestGateway gateway = gateway("""
                fallbacks: {first: [third, second]}
                budgets:
                  - {name: b, period: day, limit: {usd: 5}, steps: [{at: 100%, do: block}]}
                """)) {
            gateway.provider().rules().enqueue(Behaviour.status(503));
            HttpResponse<String> response = post(gateway, ask("first", true));
            assertWhole(response, true);
            assertThat(header(response, "x-tollgate-model")).isEqualTo("second");
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(gateway.get(gateway.server().adminUrl() + "/api/v1/budgets")
                                    .body())
                            .contains("\"held\":{\"usd\":0,", "\"spent\":{\"usd\":0.01"));
        }
    }

    @Test
    void a_cap_of_ours_goes_along_under_the_other_models_name() throws Exception {
        try (TestGateway gateway = gateway("fallbacks: {first: [o3-mini]}\noutput: {default: 70}\n")) {
            gateway.provider().rules().enqueue(Behaviour.status(503));
            assertWhole(post(gateway, ask("first", false)), false);
            assertThat(gateway.provider().requests().last().bodyText())
                    .contains("\"o3-mini\"", "\"max_completion_tokens\":70")
                    .doesNotContain("\"max_tokens\"");
        }
    }

    @Test
    void a_caller_that_leaves_during_the_wait_ends_its_call() throws Exception {
        try (TestGateway gateway = gateway("retries: {attempts: 2, backoff: 60s, max_backoff: 60s}\n")) {
            gateway.provider().rules().enqueue(Behaviour.status(503));
            CompletableFuture<?> asked = gateway.client()
                    .sendAsync(
                            gateway.request("/v1/chat/completions", ask("first", false)),
                            HttpResponse.BodyHandlers.ofString());
            await().atMost(SOON).until(() -> gateway.provider().requests().all().size() == 1);
            asked.cancel(true);
            List<UsageRow> rows = gateway.rows(1);
            assertThat(rows).hasSize(1);
            assertThat(rows.getFirst().metered().cost().nanos()).isZero();
            assertThat(gateway.provider().requests().all()).hasSize(1);
        }
    }

    @Test
    void the_retry_budget_holds() throws Exception {
        try (TestGateway gateway = gateway("retries: {attempts: 5, backoff: 1ms, max_backoff: 1ms, budget: 0%}\n")) {
            gateway.provider().rules().otherwise(Behaviour.status(429));
            for (int i = 0; i < 10; i++) {
                assertThat(post(gateway, ask("first", false)).statusCode()).isEqualTo(429);
            }
            assertThat(gateway.provider().requests().all()).hasSize(20); // ten are granted at first
        }
    }

    @Test
    void a_target_that_keeps_failing_is_left_alone_while_another_serves() throws Exception {
        try (TestGateway gateway = gateway(NEXT)) {
            gateway.provider().rules().add(request -> request.bodyText().contains("\"first\""), Behaviour.status(503));
            for (int i = 0; i < 10; i++) {
                assertWhole(post(gateway, ask("first", false)), false);
            }
            HttpResponse<String> response = post(gateway, ask("first", false));
            assertThat(header(response, "x-tollgate-route"))
                    .isEqualTo("direct; reason=fallback while openai/first recovers");
            assertThat(gateway.provider().requests().all()).hasSize(21);
        }
    }
}
