package io.tollgate.server.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.budget.usagelog.UsageRow;
import io.tollgate.core.exchange.End;
import io.tollgate.server.fakeprovider.behaviour.Behaviour;
import io.tollgate.server.gateway.TestGateway;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code output.retry_truncated}: an answer that a cap of ours cut is asked for once more without it. */
class RetryTruncatedHttpTest {
    private static final String AGAIN = """
            output: {default: 20, retry_truncated: true}
            models:
              chatty: {provider: openai, price: {input: 0, output: 1000}}
              claude: {provider: anthropic, price: {input: 0, output: 1000}, max_output: 900}
              gem: {provider: gemini, price: {input: 0, output: 1000}, max_output: 900}
              nameless: {provider: anthropic, price: {input: 0, output: 1000}}
            """;
    private static final String MESSAGES = "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
    private static final String CHAT = "{\"model\":\"chatty\"," + MESSAGES;
    private static final String GEMINI = "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"Hi\"}]}]}";

    private static TestGateway gateway(String more) {
        TestGateway gateway = TestGateway.start(AGAIN + more);
        gateway.provider().rules().otherwise(Behaviour.reply().tokens(60));
        return gateway;
    }

    private static HttpResponse<String> ask(TestGateway gateway, String dialect) throws Exception {
        return switch (dialect) {
            case "chat" -> gateway.post("/v1/chat/completions", CHAT);
            case "responses" -> gateway.post("/v1/responses", "{\"model\":\"chatty\",\"input\":\"Hi\"}");
            case "anthropic" -> gateway.post("/v1/messages", "{\"model\":\"claude\"," + MESSAGES);
            default -> gateway.post("/v1beta/models/gem:generateContent", GEMINI);
        };
    }

    @ParameterizedTest
    @CsvSource({
        "chat, '', '\"finish_reason\":\"stop\"'",
        "responses, '', '\"status\":\"completed\"'",
        "anthropic, '\"max_tokens\":900', '\"stop_reason\":\"end_turn\"'",
        "gemini, '\"maxOutputTokens\":900', '\"finishReason\":\"STOP\"'"
    })
    void the_caller_gets_the_whole_answer_and_the_ledger_has_both(String dialect, String cap, String finish)
            throws Exception {
        try (TestGateway gateway = gateway("")) {
            HttpResponse<String> response = ask(gateway, dialect);
            assertThat(response.body().replace(": ", ":")).contains(finish);
            assertThat(gateway.provider().requests().all()).hasSize(2);
            assertThat(gateway.provider().requests().all().getFirst().bodyText())
                    .contains(":20");
            String again = gateway.provider().requests().last().bodyText();
            assertThat(again).contains(cap).doesNotContain(":20");
            assertThat(cap.isEmpty() && again.contains("max_")).isFalse();
            assertThat(header(response, "x-tollgate-route"))
                    .isEqualTo("direct; reason=asked again without the cap of 20 tokens");
            assertThat(header(response, "x-tollgate-max-tokens")).isEmpty();
            List<UsageRow> rows = rows(gateway, response, 2);
            UsageRow cut = rows.getFirst();
            assertThat(cut.end()).isEqualTo(End.COMPLETE);
            assertThat(cut.decisions().cap()).isEqualTo(20);
            assertThat(cut.metered().cost().nanos()).isEqualTo(20_000_000);
            assertThat(cut.savings().byLever()).isEqualTo(Map.of("output_cap", -20_000_000L));
            assertThat(cut.savings().baselineNanos()).isZero();
            UsageRow whole = rows.getLast();
            assertThat(whole.last()).isTrue();
            assertThat(whole.decisions().cap()).isEqualTo(-1);
            assertThat(whole.metered().cost().nanos()).isEqualTo(60_000_000);
            assertThat(whole.savings().byLever()).isEmpty();
            assertThat(new BigDecimal(header(response, "x-tollgate-cost-usd"))).isEqualByComparingTo("0.08");
        }
    }

    @Test
    void a_cut_answer_is_still_better_than_none() throws Exception {
        for (Behaviour failure : List.of(
                Behaviour.status(503),
                Behaviour.status(400),
                Behaviour.reply().resetBeforeHead(),
                Behaviour.reply().resetAfterHead())) {
            try (TestGateway gateway = gateway("cache: {exact: {enabled: true, ttl: 1h, scope: global}}\n")) {
                gateway.provider().rules().enqueue(Behaviour.reply().tokens(60), failure, failure);
                HttpResponse<String> response = gateway.post("/v1/chat/completions", CHAT);
                assertThat(response.statusCode()).isEqualTo(200);
                assertThat(response.body()).contains("\"length\"");
                assertThat(header(response, "x-tollgate-max-tokens")).isEqualTo("20; source=policy");
                List<UsageRow> rows = rows(gateway, response, 2);
                assertThat(rows.getFirst().savings().byLever()).isEmpty();
                assertThat(rows.getLast().end()).isEqualTo(End.UPSTREAM_FAILED);
                assertThat(rows.getLast().metered().cost().nanos()).isZero();
                gateway.provider().rules().clear();
                HttpResponse<String> next = gateway.post("/v1/chat/completions", CHAT);
                assertThat(header(next, "x-tollgate-cache")).isEqualTo("miss");
                assertThat(next.body()).contains("\"stop\"");
            }
        }
    }

    @Test
    void the_whole_answer_is_what_the_cache_keeps() throws Exception {
        try (TestGateway gateway = gateway("cache: {exact: {enabled: true, ttl: 1h, scope: global}}\n")) {
            HttpResponse<String> bought = gateway.post("/v1/chat/completions", CHAT);
            HttpResponse<String> kept = await().until(
                            () -> gateway.post("/v1/chat/completions", CHAT),
                            response -> header(response, "x-tollgate-cache").startsWith("hit"));
            assertThat(kept.body()).isEqualTo(bought.body());
        }
    }

    @Test
    void caps_of_the_caller_streams_and_models_of_unknown_length_are_left_as_they_are() throws Exception {
        try (TestGateway gateway = gateway("")) {
            gateway.post("/v1/chat/completions", CHAT.replace("{\"model\"", "{\"max_tokens\":30,\"model\""));
            gateway.post("/v1/chat/completions", CHAT.replace("{\"model\"", "{\"stream\":true,\"model\""));
            gateway.post("/v1/messages", "{\"model\":\"nameless\"," + MESSAGES);
            assertThat(gateway.provider().requests().all()).hasSize(3);
        }
    }

    @Test
    void what_a_budget_cannot_pay_is_not_asked_for() throws Exception {
        try (TestGateway gateway = gateway("""
                budgets:
                  - {name: b, period: day, limit: {usd: 0.5}, steps: [{at: 100%, do: block}]}
                """)) {
            HttpResponse<String> response = ask(gateway, "anthropic");
            assertThat(response.body()).contains("max_tokens");
            assertThat(gateway.provider().requests().all()).hasSize(1);
            String budgets =
                    gateway.get(gateway.server().adminUrl() + "/api/v1/budgets").body();
            assertThat(budgets).contains("\"held\":{\"usd\":0").contains("\"spent\":{\"usd\":0.02");
        }
    }

    @Test
    void budgets_count_both_answers() throws Exception {
        try (TestGateway gateway = gateway("""
                budgets:
                  - {name: b, period: day, limit: {usd: 9}, steps: [{at: 100%, do: block}]}
                """)) {
            assertThat(ask(gateway, "anthropic").body()).contains("end_turn");
            String budgets =
                    gateway.get(gateway.server().adminUrl() + "/api/v1/budgets").body();
            assertThat(budgets).contains("\"held\":{\"usd\":0").contains("\"spent\":{\"usd\":0.08");
        }
    }

    private static List<UsageRow> rows(TestGateway gateway, HttpResponse<?> response, int count) {
        String id = header(response, "x-tollgate-request-id");
        return await().until(
                        () -> gateway.rows(1).stream()
                                .filter(row -> row.requestId().equals(id))
                                .sorted(Comparator.comparingInt(UsageRow::attempt))
                                .toList(),
                        rows -> rows.size() == count);
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }
}
