package io.tollgate.server.cache;

import static io.tollgate.server.gateway.TestGateway.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.budget.usagelog.UsageRow;
import io.tollgate.core.exchange.End;
import io.tollgate.server.e2e.NoLeaks;
import io.tollgate.server.fakeprovider.behaviour.Behaviour;
import io.tollgate.server.gateway.RawAnswer;
import io.tollgate.server.gateway.RawCaller;
import io.tollgate.server.gateway.TestGateway;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(NoLeaks.class)
class CacheHttpTest {
    private static final String CACHE = "cache: {exact: {enabled: true}}\n";
    /** A dollar buys a hundred tokens of output; input is free. */
    private static final String PENNY = """
            models:
              penny: {provider: openai, price: {input: 0, output: 10000}}
            """;

    private static final String CHAT = "/v1/chat/completions";
    private static final String ASK = "{\"model\":\"penny\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
    private static final String STREAM = ASK.replace("}]}", "}],\"stream\":true}");
    private static final String WITH_USAGE =
            ASK.replace("}]}", "}],\"stream\":true,\"stream_options\":{\"include_usage\":true}}");

    private static String cache(HttpResponse<?> response) {
        return response.headers().firstValue("x-tollgate-cache").orElse("none");
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("none");
    }

    private static HttpResponse<String> purge(TestGateway gateway, String query) throws Exception {
        return gateway.client()
                .send(
                        HttpRequest.newBuilder(URI.create(gateway.server().adminUrl() + "/api/v1/cache" + query))
                                .DELETE()
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/v1/chat/completions | {'model':'m','messages':[{'role':'user','content':'Hi'}]}",
                "/v1/chat/completions | {'model':'m','stream':true,'messages':[{'role':'user','content':'Hi'}]}",
                "/v1/chat/completions | {'model':'m','stream':true,'stream_options':{'include_usage':true},'messages':[{'role':'user','content':'Hi'}]}",
                "/v1/completions | {'model':'m','prompt':'Hi'}",
                "/v1/responses | {'model':'m','store':false,'input':'Hi'}",
                "/v1/responses | {'model':'m','store':false,'stream':true,'input':'Hi'}",
                "/v1/embeddings | {'model':'m','input':'Hi'}",
                "/v1/messages | {'model':'m','max_tokens':100,'messages':[{'role':'user','content':'Hi'}]}",
                "/v1/messages | {'model':'m','stream':true,'max_tokens':100,'messages':[{'role':'user','content':'Hi'}]}",
                "/v1beta/models/m:generateContent | {'contents':[{'role':'user','parts':[{'text':'Hi'}]}]}",
                "/v1beta/models/m:streamGenerateContent | {'contents':[{'role':'user','parts':[{'text':'Hi'}]}]}",
                "/v1beta/models/m:streamGenerateContent?alt=sse | {'contents':[{'role':'user','parts':[{'text':'Hi'}]}]}"
            })
    void the_same_question_is_answered_with_the_same_bytes_and_bought_once(String path, String ask) throws Exception {
        String body = ask.replace('\'', '"');
        try (TestGateway gateway = TestGateway.start(CACHE)) {
            gateway.provider()
                    .rules()
                    .otherwise(Behaviour.reply()
                            .tokens(12)
                            .header("x-ratelimit-remaining-requests", "5")
                            .header("x-of-provider", "yes"));
            HttpResponse<String> first = gateway.post(path, body);
            assertThat(first.statusCode()).as(first.body()).isEqualTo(200);
            assertThat(cache(first)).isEqualTo("miss");
            HttpResponse<String> second = gateway.post(path, body.replace("{\"model\"", "{ \"model\""));
            assertThat(cache(second)).isEqualTo("hit");
            assertThat(second.body()).isEqualTo(first.body());
            assertThat(header(second, "content-type")).isEqualTo(header(first, "content-type"));
            assertThat(header(second, "x-of-provider")).isEqualTo("yes");
            assertThat(header(second, "x-ratelimit-remaining-requests")).isEqualTo("none");
            assertThat(header(second, "age")).matches("\\d+");
            assertThat(header(second, "x-tollgate-cost-usd")).isEqualTo("0");
            assertThat(header(second, "x-tollgate-provider")).isEqualTo(header(first, "x-tollgate-provider"));
            assertThat(header(second, "x-tollgate-model")).isEqualTo("m");
            assertThat(header(second, "x-tollgate-request-id")).isNotEqualTo(header(first, "x-tollgate-request-id"));
            assertThat(gateway.provider().requests().total()).isEqualTo(1);
            UsageRow bought = gateway.row(first);
            UsageRow given = gateway.row(second);
            assertThat(given.end()).isEqualTo(End.CACHED);
            assertThat(given.decisions().cache()).isEqualTo("hit");
            assertThat(given.metered().report().usage())
                    .isEqualTo(bought.metered().report().usage());
            assertThat(given.metered().cost().nanos()).isZero();
            assertThat(given.call().provider()).isEqualTo(bought.call().provider());
            assertThat(given.call().modelSent()).isEqualTo("m");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/v1/chat/completions | {'model':'m','messages':[{'role':'user','content':'Hi'}]} | chat.completion\" | chat.completion.chunk",
                "/v1/responses | {'model':'m','store':false,'input':'Hi'} | \"object\":\"response\" | event: response.completed",
                "/v1/messages | {'model':'m','max_tokens':100,'messages':[{'role':'user','content':'Hi'}]} | \"type\":\"message\" | event: message_stop"
            })
    void an_answer_is_given_in_the_form_asked_for_whichever_was_bought(
            String path, String ask, String ofPlain, String ofStream) throws Exception {
        String plain = ask.replace('\'', '"');
        String stream = plain.replace("{\"model\"", "{\"stream\":true,\"model\"");
        for (boolean streamFirst : new boolean[] {true, false}) {
            try (TestGateway gateway = TestGateway.start(CACHE)) {
                gateway.provider().rules().otherwise(Behaviour.reply().text("The tide rises"));
                HttpResponse<String> bought = gateway.post(path, streamFirst ? stream : plain);
                assertThat(cache(bought)).isEqualTo("miss");
                HttpResponse<String> other = gateway.post(path, streamFirst ? plain : stream);
                assertThat(cache(other)).isEqualTo("hit");
                assertThat(header(other, "content-type"))
                        .startsWith(streamFirst ? "application/json" : "text/event-stream");
                assertThat(other.body()).contains("tide", streamFirst ? ofPlain : ofStream);
                assertThat(gateway.row(other).metered().report().usage())
                        .isEqualTo(gateway.row(bought).metered().report().usage());
                assertThat(gateway.provider().requests().total()).isEqualTo(1);
            }
        }
    }

    @Test
    void a_hit_costs_nothing_and_says_what_it_saved() throws Exception {
        try (TestGateway gateway = TestGateway.start(CACHE + PENNY + """
                budgets:
                  - {name: b, match: {}, period: month, limit: {usd: 10, tokens: 10000}, steps: [{at: 100%, do: block}]}
                """)) {
            gateway.provider().rules().otherwise(Behaviour.reply().tokens(100));
            HttpResponse<String> first = gateway.post(CHAT, ASK);
            long tokens = gateway.row(first).metered().report().usage().total();
            HttpResponse<String> second = gateway.post(CHAT, ASK);
            assertThat(header(second, "x-tollgate-saved-usd")).isEqualTo("1");
            UsageRow row = gateway.row(second);
            assertThat(row.savings().byLever()).isEqualTo(Map.of("cache", 1_000_000_000L));
            assertThat(row.savings().baselineNanos()).isEqualTo(1_000_000_000L);
            String budget = gateway.server().adminUrl() + "/api/v1/budgets/b";
            await().atMost(SOON).until(() -> gateway.get(budget).body().contains("\"holds\":0,"));
            assertThat(gateway.get(budget).body()).contains("\"spent\":{\"usd\":1,\"tokens\":" + tokens + "}");
            String shown =
                    gateway.get(gateway.server().adminUrl() + "/api/v1/cache").body();
            assertThat(shown)
                    .contains(
                            "\"hits\":1,", "\"misses\":1,", "\"hit_rate\":0.5,", "\"saved_usd\":1,", "\"entries\":1,");
            String metrics =
                    gateway.get(gateway.server().adminUrl() + "/metrics").body();
            assertThat(metrics)
                    .contains(
                            "tollgate_cache_requests_total{outcome=\"hit\"} 1.0",
                            "tollgate_cache_saved_usd_total 1.0",
                            "tollgate_cache_entries{level=\"memory\"} 1.0",
                            "kind=\"output\"} 100.0");
        }
    }

    @Test
    void who_asked_for_the_usage_is_given_it_and_who_did_not_is_not_whoever_bought_the_answer() throws Exception {
        for (boolean askedFirst : new boolean[] {false, true}) {
            try (TestGateway live = TestGateway.start();
                    TestGateway gateway = TestGateway.start(CACHE)) {
                HttpResponse<String> first = gateway.post(CHAT, askedFirst ? WITH_USAGE : STREAM);
                assertThat(cache(first)).isEqualTo("miss");
                HttpResponse<String> with = gateway.post(CHAT, WITH_USAGE);
                HttpResponse<String> without = gateway.post(CHAT, STREAM);
                assertThat(cache(with)).isEqualTo("hit");
                assertThat(cache(without)).isEqualTo("hit");
                assertThat(shape(with)).isEqualTo(shape(live.post(CHAT, WITH_USAGE)));
                assertThat(shape(without)).isEqualTo(shape(live.post(CHAT, STREAM)));
                assertThat(with.body()).contains("\"choices\":[]");
                assertThat(without.body()).doesNotContain("\"choices\":[]");
            }
        }
    }

    /** Ids and times differ from call to call. */
    private static String shape(HttpResponse<String> response) {
        return response.body().replaceAll("\"(id|created|system_fingerprint)\":(\"[^\"]*\"|\\d+)", "");
    }

    @Test
    void what_is_not_to_be_kept_passes_by_and_says_why() throws Exception {
        try (TestGateway gateway = TestGateway.start("cache: {exact: {enabled: true}, no_store: [{team: legal}]}\n")) {
            Map<String, String> reasons = Map.of(
                    "\"temperature\":0.7", "temperature",
                    "\"n\":2", "n",
                    "\"logprobs\":true", "logprobs",
                    "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}]", "tools");
            for (Map.Entry<String, String> each : reasons.entrySet()) {
                String ask = ASK.replace("}]}", "}]," + each.getKey() + "}");
                for (int i = 0; i < 2; i++) {
                    HttpResponse<String> response = gateway.post(CHAT, ask);
                    assertThat(response.statusCode()).isEqualTo(200);
                    assertThat(cache(response)).isEqualTo("bypass; reason=" + each.getValue());
                    assertThat(gateway.row(response).decisions().cache())
                            .isEqualTo("bypass; reason=" + each.getValue());
                }
            }
            HttpResponse<String> secret = gateway.post(CHAT, ASK, "x-tollgate-team", "legal");
            assertThat(cache(secret)).isEqualTo("bypass; reason=no-store");
            assertThat(cache(gateway.post(CHAT, ASK, "x-tollgate-cache", "off")))
                    .isEqualTo("bypass; reason=off");
            assertThat(cache(gateway.post(CHAT, ASK))).isEqualTo("miss");
            assertThat(gateway.get(gateway.server().adminUrl() + "/metrics").body())
                    .contains("tollgate_cache_bypassed_requests_total{reason=\"temperature\"} 2.0");
        }
    }

    @Test
    void an_answer_that_broke_off_was_cut_or_is_an_error_is_not_kept() throws Exception {
        try (TestGateway gateway = TestGateway.start(CACHE)) {
            gateway.provider().enqueue(Behaviour.status(500), Behaviour.reply().resetAfterEvents(2));
            assertThat(gateway.post(CHAT, STREAM).statusCode()).isEqualTo(500);
            HttpResponse<String> broken = gateway.post(CHAT, STREAM);
            assertThat(cache(broken)).isEqualTo("miss");
            HttpResponse<String> capped =
                    gateway.post(CHAT, STREAM.replace("\"stream\"", "\"max_tokens\":5,\"stream\""));
            assertThat(capped.body()).contains("\"finish_reason\":\"length\"");
            assertThat(cache(gateway.post(CHAT, STREAM.replace("\"stream\"", "\"max_tokens\":5,\"stream\""))))
                    .isEqualTo("miss");
            assertThat(cache(gateway.post(CHAT, STREAM))).isEqualTo("miss");
            assertThat(cache(gateway.post(CHAT, STREAM))).isEqualTo("hit");
        }
    }

    @Test
    void refresh_buys_anew_and_only_buys_nothing() throws Exception {
        try (TestGateway gateway = TestGateway.start(CACHE)) {
            HttpResponse<String> none = gateway.post(CHAT, ASK, "x-tollgate-cache", "only");
            assertThat(none.statusCode()).isEqualTo(504);
            assertThat(none.body()).contains("\"code\":\"not_cached\"", "only the cache may answer");
            assertThat(header(none, "x-should-retry")).isEqualTo("false");
            assertThat(gateway.row(none).end()).isEqualTo(End.REFUSED);
            assertThat(gateway.provider().requests().total()).isZero();
            gateway.provider()
                    .enqueue(Behaviour.reply().text("first"), Behaviour.reply().text("second"));
            assertThat(gateway.post(CHAT, ASK).body()).contains("first");
            assertThat(gateway.post(CHAT, ASK, "x-tollgate-cache", "only").body())
                    .contains("first");
            HttpResponse<String> refreshed = gateway.post(CHAT, ASK, "x-tollgate-cache", "refresh");
            assertThat(cache(refreshed)).isEqualTo("refresh");
            assertThat(refreshed.body()).contains("second");
            HttpResponse<String> hit = gateway.post(CHAT, ASK);
            assertThat(cache(hit)).isEqualTo("hit");
            assertThat(hit.body()).contains("second");
            HttpResponse<String> odd = gateway.post(CHAT, ASK, "x-tollgate-cache", "perhaps");
            assertThat(odd.statusCode()).isEqualTo(400);
            assertThat(odd.body()).contains("expected on, off, refresh or only");
        }
        try (TestGateway gateway = TestGateway.start()) {
            assertThat(gateway.post(CHAT, ASK, "x-tollgate-cache", "only").statusCode())
                    .isEqualTo(504);
            assertThat(cache(gateway.post(CHAT, ASK))).isEqualTo("none");
        }
    }

    @Test
    void a_budget_that_lets_only_the_cache_answer_gives_hits_and_refuses_misses() throws Exception {
        try (TestGateway gateway = TestGateway.start(CACHE + PENNY + """
                budgets:
                  - name: b
                    match: {}
                    period: month
                    limit: {usd: 10}
                    steps: [{at: 10%, do: cache_only}, {at: 100%, do: block}]
                """)) {
            gateway.provider().rules().otherwise(Behaviour.reply().tokens(100));
            String ask = ASK.replace("}]}", "}],\"max_tokens\":100}");
            assertThat(gateway.post(CHAT, ask).statusCode()).isEqualTo(200);
            String budget = gateway.server().adminUrl() + "/api/v1/budgets/b";
            await().atMost(SOON).until(() -> gateway.get(budget).body().contains("\"holds\":0,"));
            HttpResponse<String> hit = gateway.post(CHAT, ask);
            assertThat(hit.statusCode()).as(hit.body()).isEqualTo(200);
            assertThat(cache(hit)).isEqualTo("hit");
            HttpResponse<String> miss = gateway.post(CHAT, ask.replace("Hi", "Ho"));
            assertThat(miss.statusCode()).isEqualTo(402);
            assertThat(miss.body()).contains("only cached answers");
            HttpResponse<String> refresh = gateway.post(CHAT, ask, "x-tollgate-cache", "refresh");
            assertThat(refresh.statusCode()).isEqualTo(402);
            assertThat(gateway.provider().requests().total()).isEqualTo(1);
        }
    }

    @Test
    void answers_are_forgotten_by_model_by_scope_or_all() throws Exception {
        try (TestGateway gateway = TestGateway.start(CACHE)) {
            gateway.post(CHAT, ASK);
            gateway.post(CHAT, ASK.replace("penny", "other"));
            assertThat(purge(gateway, "").statusCode()).isEqualTo(400);
            assertThat(purge(gateway, "?model=other").body()).isEqualTo("{\"purged\":1}");
            assertThat(cache(gateway.post(CHAT, ASK))).isEqualTo("hit");
            assertThat(cache(gateway.post(CHAT, ASK.replace("penny", "other")))).isEqualTo("miss");
            assertThat(purge(gateway, "?scope=nobody&model=penny").body()).isEqualTo("{\"purged\":1}");
            assertThat(cache(gateway.post(CHAT, ASK))).isEqualTo("miss");
            assertThat(purge(gateway, "?all=true").body()).isEqualTo("{\"purged\":2}");
        }
    }

    @Test
    void a_reload_keeps_the_answers_and_changes_the_rules() throws Exception {
        String plain = "server: {port: 0}\nproviders:\n  openai: {dialect: openai, base_url: PROVIDER}\n";
        try (TestGateway gateway = TestGateway.start(plain + CACHE)) {
            assertThat(cache(gateway.post(CHAT, ASK))).isEqualTo("miss");
            gateway.reload(plain);
            assertThat(cache(gateway.post(CHAT, ASK))).isEqualTo("none");
            gateway.reload(plain + CACHE);
            assertThat(cache(gateway.post(CHAT, ASK))).isEqualTo("hit");
        }
    }

    @Test
    void a_large_answer_is_streamed_and_not_kept() throws Exception {
        try (TestGateway gateway = TestGateway.start("cache: {exact: {enabled: true, max_entry: 8KiB}}\n")) {
            gateway.provider().rules().otherwise(Behaviour.reply().tokens(5_000));
            HttpResponse<String> first = gateway.post(CHAT, STREAM);
            assertThat(first.body().length()).isGreaterThan(100_000);
            assertThat(cache(gateway.post(CHAT, STREAM))).isEqualTo("miss");
            // an answer's last bytes leave before its exchange is over
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(gateway.get(gateway.server().adminUrl() + "/api/v1/cache")
                                    .body())
                            .contains("\"unkept\":{\"too-large\":2}", "\"recording_bytes\":0,", "\"under_way\":0,"));
        }
    }

    @Test
    void a_large_kept_answer_reaches_a_slow_caller_whole() throws Exception {
        try (TestGateway gateway = TestGateway.start("cache: {exact: {enabled: true, max_entry: 16MiB}}\n")) {
            for (String ask : new String[] {ASK, STREAM}) {
                int words = ask.equals(STREAM) ? 1_500 : 30_000;
                gateway.provider().enqueue(Behaviour.reply().text("internationalization ".repeat(words)));
                HttpResponse<String> first = gateway.post(CHAT, ask);
                try (RawCaller caller = new RawCaller(gateway.port(), 4096)) {
                    caller.post(CHAT, ask);
                    RawAnswer answer = caller.answer();
                    assertThat(answer.header("x-tollgate-cache")).isEqualTo("hit");
                    assertThat(answer.text()).isEqualTo(first.body());
                }
            }
        }
    }

    @Test
    void a_stream_can_be_replayed_at_a_pace() throws Exception {
        try (TestGateway gateway = TestGateway.start("cache: {exact: {enabled: true, replay_pace: 20ms}}\n")) {
            gateway.provider().rules().otherwise(Behaviour.reply().tokens(20));
            HttpResponse<String> first = gateway.post(CHAT, STREAM);
            long events = first.body()
                    .lines()
                    .filter(line -> line.startsWith("data:"))
                    .count();
            long begun = System.nanoTime();
            HttpResponse<String> second = gateway.post(CHAT, STREAM);
            long millis = (System.nanoTime() - begun) / 1_000_000;
            assertThat(cache(second)).isEqualTo("hit");
            assertThat(second.body()).isEqualTo(first.body());
            assertThat(millis).isGreaterThanOrEqualTo((events - 2) * 20);
        }
    }
}
