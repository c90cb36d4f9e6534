package io.tollgate.server.budget;

import static io.tollgate.server.gateway.TestGateway.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.budget.usagelog.UsageRow;
import io.tollgate.core.exchange.End;
import io.tollgate.server.fakeprovider.behaviour.Behaviour;
import io.tollgate.server.gateway.TestGateway;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BudgetsHttpTest {
    /** A dollar buys a hundred tokens of output; input is free. */
    private static final String PENNY = """
            models:
              penny: {provider: openai, price: {input: 0, output: 10000}}
            """;

    private static final String ASK =
            "{\"model\":\"penny\",\"max_tokens\":100,STREAM\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
    private static final String STREAM = "\"stream\":true,";

    private static TestGateway gateway(String budgets) {
        return TestGateway.start(PENNY + "budgets:\n" + budgets);
    }

    private static String budget(TestGateway gateway, String name) throws Exception {
        return gateway.get(gateway.server().adminUrl() + "/api/v1/budgets/" + name)
                .body();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_thousand_parallel_calls_of_a_dollar_spend_a_hundred_dollar_budget_and_no_more(boolean streamed)
            throws Exception {
        try (TestGateway gateway = gateway(
                "  - {name: b, match: {}, period: month, limit: {usd: 100}, steps: [{at: 100%, do: block}]}\n")) {
            gateway.provider().rules().otherwise(Behaviour.reply().tokens(100));
            Semaphore atOnce = new Semaphore(100);
            List<CompletableFuture<HttpResponse<String>>> calls = new ArrayList<>();
            for (int i = 0; i < 1000; i++) {
                atOnce.acquire();
                calls.add(gateway.client()
                        .sendAsync(
                                gateway.request("/v1/chat/completions", ASK.replace("STREAM", streamed ? STREAM : "")),
                                HttpResponse.BodyHandlers.ofString())
                        .whenComplete((response, failure) -> atOnce.release()));
            }
            int granted = 0;
            for (CompletableFuture<HttpResponse<String>> call : calls) {
                HttpResponse<String> response = call.get();
                assertThat(response.statusCode()).isIn(200, 402);
                granted += response.statusCode() == 200 ? 1 : 0;
            }
            assertThat(granted).isEqualTo(100);
            assertThat(gateway.provider().requests().total()).isEqualTo(100);
            await().atMost(SOON).until(() -> budget(gateway, "b").contains("\"holds\":0,"));
            assertThat(budget(gateway, "b"))
                    .contains("\"spent\":{\"usd\":100,", "\"remaining\":{\"usd\":0,", "\"overrun\":{\"usd\":0,");
            long sum = gateway.rows(1000).stream()
                    .mapToLong(row -> row.metered().cost().nanos())
                    .sum();
            assertThat(sum).isEqualTo(100_000_000_000L);
        }
    }

    @Test
    void a_refusal_names_budget_spent_held_limit_and_reset_and_forbids_repeating() throws Exception {
        try (TestGateway gateway = gateway(
                "  - {name: team-day, match: {team: a}, period: day, limit: {usd: 1.1}, steps: [{at: 100%, do: block}]}\n")) {
            gateway.provider().rules().otherwise(Behaviour.reply().tokens(100));
            String ask = ASK.replace("STREAM", "");
            HttpResponse<String> first = gateway.post("/v1/chat/completions", ask, "x-tollgate-team", "a");
            assertThat(first.statusCode()).isEqualTo(200);
            assertThat(first.headers().firstValue("x-tollgate-budget").orElseThrow())
                    .matches("team-day; remaining-usd=0\\.1; resets=\\d{4}-\\d\\d-\\d\\dT00:00:00Z");
            HttpResponse<String> refused = gateway.post("/v1/chat/completions", ask, "x-tollgate-team", "a");
            assertThat(refused.statusCode()).isEqualTo(402);
            assertThat(refused.headers().firstValue("x-should-retry")).hasValue("false");
            assertThat(refused.headers().firstValue("retry-after")).isEmpty();
            assertThat(refused.headers().firstValue("x-tollgate-budget").orElseThrow())
                    .startsWith("team-day; ");
            assertThat(refused.body())
                    .contains(
                            "insufficient_quota", "budget team-day", "spent 1 of 1.1 USD", "holds 0 USD", "T00:00:00Z");
            assertThat(gateway.row(refused).end()).isEqualTo(End.REFUSED);
            HttpResponse<String> other = gateway.post("/v1/chat/completions", ask, "x-tollgate-team", "b");
            assertThat(other.statusCode()).isEqualTo(200);
            assertThat(other.headers().firstValue("x-tollgate-budget")).isEmpty();
            HttpResponse<String> codex =
                    gateway.post("/v1/chat/completions", ask, "x-tollgate-team", "a", "user-agent", "codex_cli/0.1");
            assertThat(codex.statusCode()).isEqualTo(429);
        }
    }

    @Test
    void a_cap_that_cannot_be_paid_is_lowered_to_what_can() throws Exception {
        try (TestGateway gateway = gateway(
                "  - {name: b, match: {}, period: month, limit: {usd: 0.5}, steps: [{at: 100%, do: block}]}\n")) {
            gateway.provider().rules().otherwise(Behaviour.reply().tokens(1000));
            HttpResponse<String> response = gateway.post("/v1/chat/completions", ASK.replace("STREAM", ""));
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("x-tollgate-max-tokens")).hasValue("50; source=budget");
            assertThat(gateway.provider().requests().last().bodyText()).contains("\"max_tokens\":50,");
            UsageRow row = gateway.row(response);
            assertThat(row.metered().cost().nanos()).isEqualTo(500_000_000L);
            assertThat(row.decisions().cap()).isEqualTo(50);
            assertThat(row.decisions().capSource()).isEqualTo("budget");
            assertThat(budget(gateway, "b")).contains("\"overrun\":{\"usd\":0,");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/v1/chat/completions | {'model':'m','stream':true,'messages':[{'role':'user','content':'Hi'}]} | \"finish_reason\":\"length\" | data: [DONE]",
                "/v1/completions | {'model':'m','stream':true,'max_tokens':100000,'prompt':'Hi'} | \"finish_reason\":\"length\" | data: [DONE]",
                "/v1/responses | {'model':'m','stream':true,'input':'Hi'} | {\"reason\":\"max_output_tokens\"} | event: response.incomplete",
                "/v1/messages | {'model':'m','stream':true,'max_tokens':100000,'messages':[{'role':'user','content':'Hi'}]} | \"stop_reason\":\"max_tokens\" | {\"type\":\"message_stop\"}",
                "/v1beta/models/m:streamGenerateContent?alt=sse | {'contents':[{'role':'user','parts':[{'text':'Hi'}]}]} | \"finishReason\":\"MAX_TOKENS\" | usageMetadata",
                "/v1beta/models/m:streamGenerateContent | {'contents':[{'role':'user','parts':[{'text':'Hi'}]}]} | \"finishReason\":\"MAX_TOKENS\" | ]"
            })
    void a_stream_whose_budget_is_used_up_ends_in_its_dialect(String path, String ask, String reason, String last)
            throws Exception {
        try (TestGateway gateway = gateway(
                "  - {name: b, match: {}, period: month, limit: {tokens: 6000}, steps: [{at: 100%, do: block}]}\n")) {
            gateway.provider().rules().otherwise(endless(path));
            HttpResponse<String> response = gateway.post(path, ask.replace('\'', '"'));
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).contains(reason);
            assertThat(response.body().strip().lines().toList().getLast() + response.body())
                    .contains(last);
            UsageRow row = gateway.row(response);
            assertThat(row.end()).isEqualTo(End.CUT_BY_BUDGET);
            // What one read brought is passed on whole: up to 64 KiB from a provider that does not stop to think.
            assertThat(row.metered().report().usage().output()).isBetween(3_000L, 22_000L);
            await().atMost(SOON).until(() -> budget(gateway, "b").contains("\"holds\":0,"));
            assertThat(budget(gateway, "b"))
                    .contains("\"spent\":{\"usd\":0,\"tokens\":"
                            + row.metered().report().usage().total() + "}");
            gateway.provider().requests().last().awaitEnding(SOON);
        }
    }

    /** Far more than the budget pays; where a cap must be sent, from a host that ignores it. */
    private static Behaviour endless(String path) {
        String words = "word ".repeat(20);
        return switch (path) {
            case "/v1/messages" ->
                Behaviour.reply()
                        .body(
                                "text/event-stream",
                                "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"model\":\"m\"}}\n\n"
                                        + "event: content_block_start\ndata: {\"type\":\"content_block_start\",\"index\":0,"
                                        + "\"content_block\":{\"type\":\"text\",\"text\":\"\"}}\n\n"
                                        + ("event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,"
                                                        + "\"delta\":{\"type\":\"text_delta\",\"text\":\"" + words
                                                        + "\"}}\n\n")
                                                .repeat(2_000));
            case "/v1/completions" ->
                Behaviour.reply()
                        .body(
                                "text/event-stream",
                                ("data: {\"id\":\"c\",\"object\":\"text_completion\",\"created\":1,\"choices\":[{\"index\":0,"
                                                + "\"text\":\"" + words + "\",\"finish_reason\":null}]}\n\n")
                                        .repeat(2_000));
            default -> Behaviour.reply().tokens(40_000);
        };
    }

    @Test
    void a_raise_lets_calls_through_again_and_is_shown() throws Exception {
        try (TestGateway gateway = gateway(
                "  - {name: b, match: {}, period: month, limit: {usd: 1}, steps: [{at: 50%, do: notify, level: info}, {at: 100%, do: block}]}\n")) {
            gateway.provider().rules().otherwise(Behaviour.reply().tokens(100));
            String ask = ASK.replace("STREAM", "");
            assertThat(gateway.post("/v1/chat/completions", ask).statusCode()).isEqualTo(200);
            assertThat(gateway.post("/v1/chat/completions", ask).statusCode()).isEqualTo(402);
            assertThat(budget(gateway, "b")).contains("\"do\":\"notify\",\"level\":\"info\",\"reached_at\":\"20");
            assertThat(raise(gateway, "b", "{\"usd\":-1}").statusCode()).isEqualTo(400);
            assertThat(raise(gateway, "b", "{\"tokens\":5}").body()).contains("has no limit in tokens");
            assertThat(raise(gateway, "nope", "{\"usd\":1}").body()).contains("no budget nope; there are [b]");
            HttpResponse<String> raised = raise(gateway, "b", "{\"usd\":1.5,\"who\":\"ops\",\"why\":\"launch\"}");
            assertThat(raised.statusCode()).isEqualTo(200);
            assertThat(raised.body()).contains("\"usd\":1.5", "\"who\":\"ops\"");
            assertThat(gateway.post("/v1/chat/completions", ask).statusCode()).isEqualTo(200);
            assertThat(budget(gateway, "b")).contains("\"limit\":{\"usd\":2.5,\"tokens\":null}", "\"why\":\"launch\"");
            assertThat(gateway.get(gateway.server().adminUrl() + "/api/v1/budgets")
                            .body())
                    .startsWith("{\"rows\":[{\"name\":\"b\"");
        }
    }

    @Test
    void from_the_cache_only_rung_on_what_the_cache_cannot_answer_is_refused() throws Exception {
        try (TestGateway gateway = gateway(
                "  - {name: b, match: {}, period: month, limit: {usd: 10}, steps: [{at: 10%, do: cache_only}]}\n")) {
            gateway.provider().rules().otherwise(Behaviour.reply().tokens(100));
            String ask = ASK.replace("STREAM", "");
            assertThat(gateway.post("/v1/chat/completions", ask).statusCode()).isEqualTo(200);
            HttpResponse<String> refused = gateway.post("/v1/chat/completions", ask);
            assertThat(refused.statusCode()).isEqualTo(402);
            assertThat(refused.body()).contains("only cached answers");
            await().atMost(SOON).until(() -> budget(gateway, "b").contains("\"holds\":0,"));
            assertThat(budget(gateway, "b")).contains("\"spent\":{\"usd\":1,");
        }
    }

    private static HttpResponse<String> raise(TestGateway gateway, String name, String body) throws Exception {
        return gateway.client()
                .send(
                        java.net.http.HttpRequest.newBuilder(java.net.URI.create(
                                        gateway.server().adminUrl() + "/api/v1/budgets/" + name + "/raise"))
                                .POST(java.net.http.HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }
}
