package io.tollgate.server.routing;

import static io.tollgate.server.gateway.TestGateway.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.budget.usagelog.UsageRow;
import io.tollgate.core.exchange.End;
import io.tollgate.server.e2e.NoLeaks;
import io.tollgate.server.fakeprovider.behaviour.Behaviour;
import io.tollgate.server.gateway.RawCaller;
import io.tollgate.server.gateway.TestGateway;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A call that is late is made a second time beside it: one answer, two rows, and the money of both. */
@ExtendWith(NoLeaks.class)
class HedgeHttpTest {
    private static final int ENOUGH = 20;
    private static final Duration LATE = Duration.ofMillis(700);
    private static final Duration NEVER = Duration.ofSeconds(25);
    private static final String MODELS = """
            models:
              first: {provider: openai, price: {input: 1000, output: 1000}, context: 100k}
              second: {provider: openai, price: {input: 500, output: 100}, context: 100k}
              third: {provider: openai, price: {input: 0, output: 100}, context: 100k}
              dear: {provider: openai, price: {input: 1000000, output: 1000000}, context: 100k}
            """;
    private static final String BUDGET =
            "budgets: [{name: b, period: day, limit: {usd: 5}, steps: [{at: 100%, do: block}]}]\n";

    private static String hedge(String share) {
        return "retries: {hedge: {enabled: true, quantile: 0.95, min_samples: " + ENOUGH + ", max_share: " + share
                + "}}\n";
    }

    private static String ask(boolean stream, String text) {
        return "{\"model\": \"first\", \"stream\": " + stream
                + ", \"max_tokens\": 100, \"messages\":[{\"role\":\"user\",\"content\":\"" + text + "\"}]}";
    }

    private static HttpResponse<String> post(TestGateway gateway, String body) throws Exception {
        return gateway.post("/v1/chat/completions", body);
    }

    /** The target is known to be quick. */
    private static TestGateway gateway(boolean stream, String more) throws Exception {
        TestGateway gateway = TestGateway.start(MODELS + more);
        gateway.provider().rules().otherwise(Behaviour.reply().tokens(10));
        for (int i = 0; i < ENOUGH; i++) {
            assertThat(post(gateway, ask(stream, "Hi " + i)).statusCode()).isEqualTo(200);
        }
        assertThat(gateway.provider().requests().all()).hasSize(ENOUGH);
        return gateway;
    }

    private static void script(TestGateway gateway, String model, Behaviour behaviour) {
        gateway.provider().rules().add(request -> request.bodyText().contains('"' + model + '"'), behaviour);
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    private static void assertWhole(HttpResponse<String> response, boolean stream, String model) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(response.body()).containsOnlyOnce(stream ? "[DONE]" : "\"choices\"");
        assertThat(header(response, "x-tollgate-model")).isEqualTo(model);
    }

    private static List<UsageRow> rows(TestGateway gateway, HttpResponse<?> response, int count) {
        String id = header(response, "x-tollgate-request-id");
        List<UsageRow> rows = await().atMost(SOON)
                .until(
                        () -> gateway.rows(1).stream()
                                .filter(row -> row.requestId().equals(id))
                                .sorted(Comparator.comparingInt(UsageRow::attempt))
                                .toList(),
                        all -> all.size() >= count);
        assertThat(rows).hasSize(count);
        assertThat(rows.stream().filter(UsageRow::last)).hasSize(1);
        return rows;
    }

    private static long cost(UsageRow row) {
        return row.metered().cost().nanos();
    }

    /** Its input and no more. */
    private static void assertGivenUp(UsageRow row, String model, long nanosOfToken) {
        assertThat(row.call().modelSent()).isEqualTo(model);
        assertThat(row.end()).isEqualTo(End.CLIENT_GONE);
        assertThat(row.last()).isFalse();
        assertThat(row.status()).isZero();
        assertThat(row.metered().report().usage().output()).isZero();
        assertThat(cost(row))
                .isPositive()
                .isEqualTo(row.metered().report().usage().input() * nanosOfToken);
    }

    private static void assertSumsAgree(TestGateway gateway, int rows) throws Exception {
        long sum = gateway.rows(rows).stream().mapToLong(HedgeHttpTest::cost).sum();
        String usd = BigDecimal.valueOf(sum, 9).stripTrailingZeros().toPlainString();
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(gateway.get(gateway.server().adminUrl() + "/api/v1/budgets")
                                .body())
                        .contains("\"held\":{\"usd\":0", "\"spent\":{\"usd\":" + usd));
    }

    private static String metrics(TestGateway gateway) throws Exception {
        return gateway.get(gateway.server().adminUrl() + "/metrics").body();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void the_second_answers_while_the_first_is_late_and_is_given_up(boolean stream) throws Exception {
        try (TestGateway gateway = gateway(stream, hedge("50%") + "fallbacks: {first: [second]}\n" + BUDGET)) {
            script(gateway, "first", Behaviour.reply().delay(NEVER));
            HttpResponse<String> response = post(gateway, ask(stream, "Hi"));
            assertWhole(response, stream, "second");
            assertThat(header(response, "x-tollgate-route"))
                    .matches("direct; reason=hedged: openai/first had not answered after \\d+ ms");
            List<UsageRow> rows = rows(gateway, response, 2);
            assertGivenUp(rows.getFirst(), "first", 1_000_000);
            assertThat(rows.getLast().end()).isEqualTo(End.COMPLETE);
            assertThat(rows.getLast().last()).isTrue();
            assertThat(rows.getLast().call().modelSent()).isEqualTo("second");
            if (!stream) {
                assertThat(new BigDecimal(header(response, "x-tollgate-cost-usd")).movePointRight(9))
                        .isEqualByComparingTo(BigDecimal.valueOf(cost(rows.getFirst()) + cost(rows.getLast())));
            }
            assertSumsAgree(gateway, ENOUGH + 2);
            assertThat(metrics(gateway))
                    .contains("tollgate_upstream_hedges_total 1.0", "tollgate_upstream_hedges_won_total 1.0");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void the_first_may_still_answer_first(boolean stream) throws Exception {
        try (TestGateway gateway = gateway(stream, hedge("50%") + "fallbacks: {first: [second]}\n" + BUDGET)) {
            script(gateway, "first", Behaviour.reply().tokens(10).delay(LATE));
            script(gateway, "second", Behaviour.reply().delay(NEVER));
            HttpResponse<String> response = post(gateway, ask(stream, "Hi"));
            assertWhole(response, stream, "first");
            assertThat(header(response, "x-tollgate-route")).endsWith(", hedged with openai/second");
            List<UsageRow> rows = rows(gateway, response, 2);
            assertThat(rows.getFirst().last()).isTrue();
            assertThat(rows.getFirst().end()).isEqualTo(End.COMPLETE);
            assertGivenUp(rows.getLast(), "second", 500_000);
            assertSumsAgree(gateway, ENOUGH + 2);
            assertThat(metrics(gateway))
                    .contains("tollgate_upstream_hedges_total 1.0", "tollgate_upstream_hedges_won_total 0.0");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_second_that_fails_does_not_win(boolean stream) throws Exception {
        for (Behaviour fault : List.of(
                Behaviour.status(503), Behaviour.status(401), Behaviour.reply().resetBeforeHead())) {
            try (TestGateway gateway = gateway(stream, hedge("50%") + "fallbacks: {first: [second]}\n" + BUDGET)) {
                script(gateway, "first", Behaviour.reply().tokens(10).delay(LATE));
                script(gateway, "second", fault);
                HttpResponse<String> response = post(gateway, ask(stream, "Hi"));
                assertWhole(response, stream, "first");
                List<UsageRow> rows = rows(gateway, response, 2);
                assertThat(rows.getFirst().last()).isTrue();
                assertThat(rows.getLast().end()).isEqualTo(End.UPSTREAM_FAILED);
                assertThat(cost(rows.getLast())).isZero();
                assertSumsAgree(gateway, ENOUGH + 2);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_first_that_fails_leaves_the_second_alone_and_what_follows_is_a_fallback(boolean stream) throws Exception {
        String more = hedge("50%") + "fallbacks: {first: [second, third]}\n" + BUDGET;
        try (TestGateway gateway = gateway(stream, more)) {
            script(gateway, "first", Behaviour.status(503).delay(LATE));
            script(gateway, "second", Behaviour.status(529).delay(LATE.multipliedBy(2)));
            HttpResponse<String> response = post(gateway, ask(stream, "Hi"));
            assertWhole(response, stream, "third");
            assertThat(header(response, "x-tollgate-route"))
                    .isEqualTo("direct; reason=fallback after 529 from openai/second");
            List<UsageRow> rows = rows(gateway, response, 3);
            assertThat(rows.stream().map(UsageRow::end))
                    .containsExactly(End.UPSTREAM_FAILED, End.UPSTREAM_FAILED, End.COMPLETE);
            assertSumsAgree(gateway, ENOUGH + 3);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_caller_that_leaves_takes_both_with_it(boolean stream) throws Exception {
        try (TestGateway gateway = gateway(stream, hedge("50%") + "fallbacks: {first: [second]}\n" + BUDGET)) {
            gateway.provider().rules().otherwise(Behaviour.reply().delay(NEVER));
            CompletableFuture<?> asked = gateway.client()
                    .sendAsync(
                            gateway.request("/v1/chat/completions", ask(stream, "Hi")),
                            HttpResponse.BodyHandlers.ofString());
            gateway.provider().requests().awaitTotal(ENOUGH + 2, SOON);
            asked.cancel(true);
            List<UsageRow> left = gateway.rows(ENOUGH + 2).stream()
                    .filter(row -> row.end() == End.CLIENT_GONE)
                    .sorted(Comparator.comparingInt(UsageRow::attempt))
                    .toList();
            assertThat(left).hasSize(2);
            assertThat(left.getFirst().last()).isTrue();
            assertThat(cost(left.getFirst())).isPositive();
            assertGivenUp(left.getLast(), "second", 500_000);
            assertSumsAgree(gateway, ENOUGH + 2);
        }
    }

    @Test
    void a_caller_that_leaves_while_another_listens_leaves_both_calls_to_it() throws Exception {
        try (TestGateway gateway = gateway(true, "cache: {exact: {enabled: true}}\n" + hedge("50%"))) {
            gateway.provider().rules().otherwise(Behaviour.reply().tokens(10).delay(LATE.multipliedBy(2)));
            String body = ask(true, "Hello");
            RawCaller leader = new RawCaller(gateway.port()).post("/v1/chat/completions", body);
            gateway.provider().requests().awaitTotal(ENOUGH + 2, SOON);
            CompletableFuture<HttpResponse<String>> follower = gateway.client()
                    .sendAsync(gateway.request("/v1/chat/completions", body), HttpResponse.BodyHandlers.ofString());
            await().atMost(SOON).until(() -> gateway.server().load().exchanges() == 2);
            leader.close();
            assertThat(follower.get().body()).containsOnlyOnce("[DONE]");
            assertThat(gateway.provider().requests().all()).hasSize(ENOUGH + 2);
            assertThat(gateway.rows(ENOUGH + 3).stream().filter(row -> row.attempt() == 2))
                    .singleElement()
                    .satisfies(row -> assertThat(row.last()).isEqualTo(row.end() == End.COMPLETE));
        }
    }

    @Test
    void without_a_fallback_the_same_target_is_called_again() throws Exception {
        try (TestGateway gateway = gateway(false, hedge("50%"))) {
            gateway.provider().rules().enqueue(Behaviour.reply().delay(NEVER));
            HttpResponse<String> response = post(gateway, ask(false, "Hi"));
            assertWhole(response, false, "first");
            assertGivenUp(rows(gateway, response, 2).getFirst(), "first", 1_000_000);
        }
    }

    @Test
    void a_target_that_budgets_cannot_pay_beside_the_first_is_passed_over() throws Exception {
        try (TestGateway gateway = gateway(false, hedge("50%") + "fallbacks: {first: [dear, third]}\n" + BUDGET)) {
            script(gateway, "first", Behaviour.reply().delay(NEVER));
            assertWhole(post(gateway, ask(false, "Hi")), false, "third");
            assertSumsAgree(gateway, ENOUGH + 2);
        }
    }

    @Test
    void a_target_over_its_rate_is_passed_over() throws Exception {
        String rate = "rate_limits: [{name: second, match: {model: second}, requests: 1/min}]\n";
        try (TestGateway gateway = gateway(false, hedge("50%") + "fallbacks: {first: [second, third]}\n" + rate)) {
            script(gateway, "first", Behaviour.reply().delay(NEVER));
            assertWhole(post(gateway, ask(false, "Hi")), false, "second");
            assertWhole(post(gateway, ask(false, "Ho")), false, "third");
        }
    }

    @Test
    void nothing_is_hedged_that_budgets_cannot_pay() throws Exception {
        try (TestGateway gateway = gateway(false, hedge("50%") + BUDGET)) {
            gateway.provider().rules().otherwise(Behaviour.reply().tokens(10).delay(LATE));
            HttpResponse<String> response = post(gateway, ask(false, "long words ".repeat(1_200)));
            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
            rows(gateway, response, 1);
            assertThat(gateway.provider().requests().all()).hasSize(ENOUGH + 1);
            assertSumsAgree(gateway, ENOUGH + 1);
        }
    }

    @Test
    void the_share_holds() throws Exception {
        try (TestGateway gateway = gateway(false, hedge("5%"))) { // which saved up for one
            gateway.provider().rules().otherwise(Behaviour.reply().tokens(10).delay(LATE));
            for (int i = 0; i < 2; i++) {
                assertThat(post(gateway, ask(false, "Hi")).statusCode()).isEqualTo(200);
            }
            assertThat(gateway.provider().requests().all()).hasSize(ENOUGH + 3);
            assertThat(metrics(gateway))
                    .contains("tollgate_upstream_hedges_total 1.0", "tollgate_upstream_hedges_refused_total 1.0");
            // a target that is slow altogether is slow, not late
            assertThat(post(gateway, ask(false, "Hi")).statusCode()).isEqualTo(200);
            assertThat(metrics(gateway)).contains("tollgate_upstream_hedges_refused_total 1.0");
        }
    }

    @Test
    void what_is_known_of_streams_says_nothing_of_plain_answers_and_state_is_not_changed_twice() throws Exception {
        try (TestGateway gateway = gateway(true, hedge("50%"))) {
            gateway.provider().rules().otherwise(Behaviour.reply().tokens(10).delay(LATE));
            assertThat(post(gateway, ask(false, "Hi")).statusCode()).isEqualTo(200);
            String stateful = "{\"conversation\": \"c\", " + ask(true, "Hi").substring(1);
            assertThat(post(gateway, stateful).statusCode()).isEqualTo(200);
            assertThat(gateway.provider().requests().all()).hasSize(ENOUGH + 2);
        }
    }

    @Test
    void it_is_off_unless_configured() throws Exception {
        try (TestGateway gateway = gateway(false, "fallbacks: {first: [second]}\n")) {
            gateway.provider().rules().otherwise(Behaviour.reply().tokens(10).delay(LATE));
            assertWhole(post(gateway, ask(false, "Hi")), false, "first");
            assertThat(gateway.provider().requests().all()).hasSize(ENOUGH + 1);
        }
    }
}
