package io.tollgate.server.limits;

import static io.tollgate.server.gateway.TestGateway.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.core.exchange.End;
import io.tollgate.server.fakeprovider.behaviour.Behaviour;
import io.tollgate.server.fakeprovider.behaviour.StepStream;
import io.tollgate.server.gateway.RawCaller;
import io.tollgate.server.gateway.TestGateway;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateLimitsHttpTest {
    private static final String CHAT = "/v1/chat/completions";
    private static final String ASK =
            "{\"model\":\"gpt-4o-mini\",\"max_tokens\":50,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
    private static final String STREAMED = ASK.replace("{\"model\"", "{\"stream\":true,\"model\"");
    private static final String PROVIDERS = """
            server: {port: 0}
            providers:
              openai: {dialect: openai, base_url: PROVIDER}
            """;

    private static TestGateway gateway(String limits) {
        return TestGateway.start("rate_limits:\n" + limits);
    }

    private static String header(HttpResponse<?> response, String name) {
        return String.join(" and ", response.headers().allValues(name));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/v1/chat/completions | {'model':'m','messages':[{'role':'user','content':'Hi'}]} | \"type\":\"rate_limit_error\",\"param\":null,\"code\":\"rate_limit_exceeded\"",
                "/v1/responses | {'model':'m','stream':true,'input':'Hi'} | \"type\":\"rate_limit_error\",\"param\":null,\"code\":\"rate_limit_exceeded\"",
                "/v1/embeddings | {'model':'m','input':'Hi'} | \"type\":\"rate_limit_error\",\"param\":null,\"code\":\"rate_limit_exceeded\"",
                "/v1/messages | {'model':'m','max_tokens':10,'messages':[{'role':'user','content':'Hi'}]} | {\"type\":\"error\",\"error\":{\"type\":\"rate_limit_error\"",
                "/v1beta/models/m:generateContent | {'contents':[{'parts':[{'text':'Hi'}]}]} | {\"error\":{\"code\":429,",
                "/v1beta/models/m:generateContent | {'contents':[{'parts':[{'text':'Hi'}]}]} | \"status\":\"RESOURCE_EXHAUSTED\"",
                "/openai/v1/files | {} | rate_limit_exceeded"
            })
    void a_refusal_is_in_the_callers_dialect_with_what_is_left_and_when_to_come_again(
            String path, String ask, String error) throws Exception {
        try (TestGateway gateway = gateway(
                "  - {name: per-user, match: {}, each: [user], requests: 2/h, tokens: 100k/min, concurrent: 9}\n")) {
            String body = ask.replace('\'', '"');
            for (int i = 1; i >= 0; i--) {
                HttpResponse<String> granted = gateway.post(path, body, "x-tollgate-user", "ann");
                assertThat(header(granted, "x-ratelimit-limit-requests")).isEqualTo("2");
                assertThat(header(granted, "x-ratelimit-remaining-requests")).isEqualTo("" + i);
                assertThat(header(granted, "x-ratelimit-reset-requests")).matches("(29m\\d+.*|30m0|59m\\d+.*|1h0m0)s");
                assertThat(header(granted, "x-ratelimit-limit-tokens")).isEqualTo("100000");
            }
            HttpResponse<String> refused = gateway.post(path, body, "x-tollgate-user", "ann");
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(Integer.parseInt(header(refused, "retry-after"))).isBetween(1_700, 1_800);
            assertThat(header(refused, "x-ratelimit-limit-requests")).isEqualTo("2");
            assertThat(header(refused, "x-ratelimit-remaining-requests")).isEqualTo("0");
            assertThat(header(refused, "x-ratelimit-reset-requests")).matches("(59m\\d+.*|1h0m0)s");
            assertThat(header(refused, "x-ratelimit-remaining-tokens")).isNotEmpty();
            assertThat(header(refused, "x-should-retry")).isEmpty();
            assertThat(refused.body())
                    .contains(
                            error, "rate limit per-user {user=ann} allows 2/h requests, and 2 are used; try again in ");
            assertThat(gateway.row(refused).end()).isEqualTo(End.REFUSED);
            assertThat(gateway.provider().requests().total()).isEqualTo(2);
            assertThat(gateway.post(path, body, "x-tollgate-user", "bob").statusCode())
                    .isNotEqualTo(429);
        }
    }

    @Test
    void of_our_headers_and_the_providers_those_of_whoever_leaves_less_are_sent() throws Exception {
        try (TestGateway gateway = gateway("  - {name: r, match: {}, requests: 100/min, tokens: 1M/min}\n")) {
            gateway.provider()
                    .enqueue(Behaviour.reply()
                            .body("application/json", "{}")
                            .header("x-ratelimit-limit-requests", "50")
                            .header("x-ratelimit-remaining-requests", "7")
                            .header("x-ratelimit-reset-requests", "6ms")
                            .header("x-ratelimit-limit-tokens", "30000000")
                            .header("x-ratelimit-remaining-tokens", "29999000")
                            .header("x-ratelimit-reset-tokens", "2ms"));
            HttpResponse<String> response = gateway.post(CHAT, ASK);
            assertThat(header(response, "x-ratelimit-limit-requests")).isEqualTo("50");
            assertThat(header(response, "x-ratelimit-remaining-requests")).isEqualTo("7");
            assertThat(header(response, "x-ratelimit-reset-requests")).isEqualTo("6ms");
            assertThat(header(response, "x-ratelimit-limit-tokens")).isEqualTo("1000000");
            assertThat(Long.parseLong(header(response, "x-ratelimit-remaining-tokens")))
                    .isBetween(999_000L, 1_000_000L);
            assertThat(header(response, "x-ratelimit-reset-tokens")).matches("\\d+ms");
        }
    }

    @Test
    void a_stream_has_the_headers_too_and_holds_its_slot_until_its_end() throws Exception {
        try (TestGateway gateway = gateway("  - {name: slots, match: {}, requests: 100/s, concurrent: 1}\n")) {
            StepStream steps = gateway.provider().stepNext();
            try (RawCaller caller = new RawCaller(gateway.port())) {
                caller.post(CHAT, STREAMED);
                steps.head();
                steps.send("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"one\"}}]}\n\n");
                assertThat(caller.readTo("one\"}}]}\n\n")).contains("x-ratelimit-remaining-requests: 99");
                HttpResponse<String> refused = gateway.post(CHAT, ASK);
                assertThat(refused.statusCode()).isEqualTo(429);
                assertThat(header(refused, "retry-after")).isEqualTo("1");
                assertThat(refused.body()).contains("rate limit slots allows 1 calls at one time, and 1 are under way");
                steps.send("data: [DONE]\n\n");
                steps.finish();
                caller.readTo("[DONE]\n\n");
            }
            await().atMost(SOON).until(() -> gateway.post(CHAT, ASK).statusCode() == 200);
        }
    }

    @Test
    void no_slot_is_lost_however_calls_end() throws Exception {
        try (TestGateway gateway = TestGateway.start("""
                providers:
                  openai: {dialect: openai, base_url: PROVIDER, timeouts: {first_byte: 300ms, between_bytes: 300ms}}
                  nowhere: {dialect: openai, base_url: "http://127.0.0.1:1"}
                models:
                  penny: {provider: openai, price: {input: 0, output: 10000}}
                budgets:
                  - {name: none, match: {team: poor}, period: total, limit: {tokens: 1}, steps: [{at: 100%, do: block}]}
                rate_limits:
                  - {name: slots, match: {}, concurrent: 2}
                """)) {
            String[] poor = {"x-tollgate-team", "poor"};
            for (int i = 0; i < 3; i++) {
                assertThat(gateway.post(CHAT, ASK, poor).statusCode())
                        .as("refused by a budget")
                        .isEqualTo(402);
                assertThat(gateway.post("/nowhere" + CHAT, ASK).statusCode()).isEqualTo(502);
                gateway.provider().enqueue(Behaviour.reply().resetBeforeHead());
                assertThat(gateway.post("/openai" + CHAT, ASK).statusCode()).isEqualTo(502);
                gateway.provider().enqueue(Behaviour.status(500));
                assertThat(gateway.post("/openai" + CHAT, ASK).statusCode()).isEqualTo(500);
                gateway.provider().enqueue(Behaviour.reply().delay(Duration.ofSeconds(60)));
                assertThat(gateway.post("/openai" + CHAT, ASK).statusCode()).isEqualTo(504);
                gateway.provider().enqueue(Behaviour.reply().resetAfterEvents(2));
                gateway.post("/openai" + CHAT, STREAMED);
                StepStream steps = gateway.provider().stepNext();
                RawCaller leaving = new RawCaller(gateway.port());
                leaving.post("/openai" + CHAT, STREAMED);
                steps.head();
                leaving.readTo("\r\n\r\n");
                leaving.reset();
                await().atMost(SOON).until(() -> gateway.rows(1).getLast().end() == End.CLIENT_GONE);
            }
            gateway.provider().reset();
            List<StepStream> both = new ArrayList<>();
            List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                both.add(gateway.provider().stepNext());
                answers.add(gateway.client()
                        .sendAsync(gateway.request("/openai" + CHAT, STREAMED), HttpResponse.BodyHandlers.ofString()));
                both.get(i).head();
            }
            assertThat(gateway.post("/openai" + CHAT, ASK).statusCode()).isEqualTo(429);
            both.forEach(StepStream::finish);
            for (CompletableFuture<HttpResponse<String>> answer : answers) {
                assertThat(answer.get().statusCode()).isEqualTo(200);
            }
        }
    }

    @Test
    void tokens_are_taken_by_estimate_and_put_right_by_what_was_metered() throws Exception {
        try (TestGateway gateway = gateway("  - {name: text, match: {}, tokens: 10k/day}\n")) {
            gateway.provider().enqueue(Behaviour.reply().tokens(3));
            HttpResponse<String> first = gateway.post(CHAT, ASK);
            assertThat(Long.parseLong(header(first, "x-ratelimit-remaining-tokens")))
                    .isBetween(9_900L, 9_950L);
            long used = gateway.row(first).metered().report().usage().total();
            HttpResponse<String> second = gateway.post("/v1/models", "");
            gateway.provider()
                    .enqueue(Behaviour.reply()
                            .body(
                                    "application/json",
                                    "{\"choices\":[],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":20000}}"));
            HttpResponse<String> third = gateway.post(CHAT, ASK);
            long estimate = 10_000 - Long.parseLong(header(first, "x-ratelimit-remaining-tokens"));
            assertThat(Long.parseLong(header(third, "x-ratelimit-remaining-tokens")))
                    .isBetween(10_000 - used - estimate, 10_000 - used - estimate + 1);
            assertThat(second.statusCode()).isNotEqualTo(429);
            await().atMost(SOON).until(() -> gateway.post(CHAT, ASK).statusCode() == 429);
            HttpResponse<String> refused = gateway.post(CHAT, ASK);
            assertThat(Long.parseLong(header(refused, "retry-after"))).isGreaterThan(86_400);
            assertThat(refused.body()).contains("rate limit text allows 10000/day tokens, 20");
        }
    }

    @Test
    void a_prompt_larger_than_the_limit_is_told_that_waiting_does_not_help() throws Exception {
        try (TestGateway gateway = gateway("  - {name: text, match: {}, tokens: 100/min}\n")) {
            HttpResponse<String> refused = gateway.post(CHAT, ASK.replace("Hi", "word ".repeat(500)));
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(header(refused, "x-should-retry")).isEqualTo("false");
            assertThat(header(refused, "retry-after")).isEmpty();
            assertThat(refused.body()).contains("never pass");
            assertThat(gateway.post(CHAT, ASK).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void made_up_users_and_sessions_do_not_evade_the_limit_of_a_key() throws Exception {
        String hash = "sha256:"
                + java.util.HexFormat.of()
                        .formatHex(java.security.MessageDigest.getInstance("SHA-256")
                                .digest("tg-secret".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        try (TestGateway gateway = TestGateway.start("keys:\n  - {id: app, hash: \"" + hash + "\"}\n"
                + "rate_limits:\n  - {name: per-key, match: {}, each: [key], requests: 3/min}\n")) {
            List<Integer> statuses = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                statuses.add(gateway.post(
                                CHAT,
                                ASK,
                                "authorization",
                                "Bearer tg-secret",
                                "x-tollgate-user",
                                "u" + i,
                                "x-tollgate-session",
                                "s" + i,
                                "x-tollgate-tags",
                                "key=other" + i)
                        .statusCode());
            }
            assertThat(statuses).containsExactly(200, 200, 200, 429, 429, 429);
        }
    }

    @Test
    void a_reload_gives_nobody_a_fresh_start() throws Exception {
        String limits = "rate_limits:\n  - {name: r, match: {}, requests: 2/min}\n";
        try (TestGateway gateway = TestGateway.start(limits)) {
            gateway.post(CHAT, ASK);
            gateway.post(CHAT, ASK);
            assertThat(gateway.post(CHAT, ASK).statusCode()).isEqualTo(429);
            gateway.reload(PROVIDERS + "tags: [cost-center]\n" + limits);
            assertThat(gateway.post(CHAT, ASK).statusCode()).isEqualTo(429);
            gateway.reload(PROVIDERS);
            assertThat(gateway.post(CHAT, ASK).statusCode()).isEqualTo(200);
        }
    }
}
