package io.tollgate.server.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.core.exchange.End;
import io.tollgate.server.fakeprovider.behaviour.Behaviour;
import io.tollgate.server.gateway.TestGateway;
import io.tollgate.server.limits.Conversation.Form;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RunLimitsHttpTest {
    @SuppressWarnings("NullAway.Init") // by each test
    private TestGateway gateway;

    @AfterEach
    void stop() {
        gateway.close();
    }

    private void start(String limits) {
        gateway = TestGateway.start("""
                models:
                  penny: {provider: openai, price: {input: 0, output: 10000}}
                run_limits:
                  - {name: agents, match: {feature: agent}, LIMITS}
                """.replace("LIMITS", limits));
        gateway.provider().rules().otherwise(Behaviour.reply().tokens(10));
    }

    private HttpResponse<String> send(Form form, String body, String... more) throws Exception {
        return send(form, body, "run-1", more);
    }

    private HttpResponse<String> send(Form form, String body, String session, String[] more) throws Exception {
        List<String> headers = new ArrayList<>(List.of("x-tollgate-session", session, "x-tollgate-feature", "agent"));
        headers.addAll(List.of(more));
        HttpResponse<String> response = gateway.post(form.path, body, headers.toArray(String[]::new));
        gateway.row(response); // it is over, and its run knows
        return response;
    }

    private void assertGranted(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    }

    private void assertOver(Form form, HttpResponse<String> response, String seen) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(402);
        assertThat(response.headers().firstValue("x-should-retry")).hasValue("false");
        assertThat(response.headers().firstValue("retry-after")).isEmpty();
        assertThat(response.body()).contains("run limit agents: session run-1 " + seen);
        assertThat(response.body())
                .contains(
                        switch (form) {
                            case CHAT, RESPONSES ->
                                "\"type\":\"insufficient_quota\",\"param\":null,\"code\":\"run_limit_exceeded\"";
                            case ANTHROPIC -> "\"details\":{\"error_code\":\"run_limit_exceeded\"}";
                            case GEMINI -> "\"status\":\"RESOURCE_EXHAUSTED\"";
                        });
        assertThat(gateway.row(response).end()).isEqualTo(End.REFUSED);
    }

    private String metric(String name) throws Exception {
        return gateway.get(gateway.server().adminUrl() + "/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .map(line -> line.substring(name.length() + 1))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @EnumSource
    void a_run_ends_after_its_steps(Form form) throws Exception {
        start("steps: 3");
        Conversation agent = new Conversation(form, "go");
        for (int i = 0; i < 3; i++) {
            assertGranted(send(form, agent.body()));
            agent.call("search", "{\"q\":\"" + i + "\"}");
        }
        assertOver(form, send(form, agent.body()), "has made 3 of 3 steps");
        assertThat(gateway.provider().requests().total()).isEqualTo(3);
        assertThat(send(form, agent.body(), "user-agent", "codex_cli_rs/0.169").statusCode())
                .isEqualTo(429);
        assertGranted(send(form, agent.body(), "run-2", new String[0]));
        assertGranted(gateway.post(form.path, agent.body(), "x-tollgate-feature", "agent"));
        assertGranted(gateway.post(form.path, agent.body(), "x-tollgate-session", "run-1"));
    }

    @ParameterizedTest
    @EnumSource
    void a_run_ends_when_it_made_more_tool_calls_than_it_may(Form form) throws Exception {
        start("tool_calls: 4");
        Conversation agent = new Conversation(form, "go");
        for (int i = 0; i < 4; i++) {
            agent.call("tool" + i, "{\"n\":" + i + "}");
            assertGranted(send(form, agent.body()));
        }
        agent.call("one_more", "{}");
        assertOver(form, send(form, agent.body()), "has made 5 tool calls, of 4 allowed");
    }

    @ParameterizedTest
    @EnumSource
    void a_client_that_forgets_the_beginning_does_not_start_to_count_anew(Form form) throws Exception {
        start("tool_calls: 9");
        Conversation agent = new Conversation(form, "go");
        for (int i = 0; i < 9; i++) {
            agent.call("poll" + i % 4, "{\"n\":" + i % 2 + "}");
            assertGranted(send(form, agent.lastTurns(4)));
        }
        agent.call("poll", "{}");
        assertOver(form, send(form, agent.lastTurns(4)), "has made 10 tool calls, of 9 allowed");
    }

    @ParameterizedTest
    @EnumSource
    void the_same_call_with_the_same_arguments_ends_a_run(Form form) throws Exception {
        start("repeated_tool_call: 3");
        Conversation agent = new Conversation(form, "go");
        List<String> same = List.of(
                "{\"city\":\"Oslo\",\"days\":3}",
                "{ \"days\": 3.0, \"city\": \"Oslo\" }",
                "{\"days\":3,\"city\":\"Oslo\"}");
        agent.call("weather", "{\"city\":\"Rome\"}").call("weather", same.get(0));
        assertGranted(send(form, agent.body()));
        agent.call("weather", same.get(1));
        assertGranted(send(form, agent.body()));
        assertGranted(send(form, agent.say("and now?").body()));
        agent.call("weather", same.get(2));
        assertOver(
                form,
                send(form, agent.body()),
                "has called the tool weather with the same arguments 3 times in a row, of 3 allowed");
        assertThat(metric("tollgate_run_limit_refused_requests_total{limit=\"repeated_tool_call\"}"))
                .isEqualTo("1.0");
        assertThat(metric("tollgate_run_limit_calls_total{kind=\"step\"}")).isEqualTo("2.0");
        assertThat(metric("tollgate_run_limit_calls_total{kind=\"loop\"}")).isEqualTo("1.0");
    }

    @ParameterizedTest
    @EnumSource
    void going_in_circles_ends_a_run(Form form) throws Exception {
        start("repeated_tool_call: 3");
        Conversation agent = new Conversation(form, "go");
        for (int i = 0; i < 5; i++) {
            agent.call(i % 2 == 0 ? "read" : "write", "{\"file\":\"a\"}");
            assertGranted(send(form, agent.body()));
        }
        agent.call("write", "{\"file\":\"a\"}");
        assertOver(
                form,
                send(form, agent.body()),
                "goes in circles: it has made the same tool calls (read, write) 3 times in turn, of 3 allowed");
    }

    @ParameterizedTest
    @EnumSource
    void a_run_that_fails_again_and_again_ends_and_its_retries_are_no_steps(Form form) throws Exception {
        start("failures: 3, steps: 2");
        Conversation agent = new Conversation(form, "go");
        assertGranted(send(form, agent.body()));
        agent.call("search", "{}");
        gateway.provider()
                .enqueue(
                        Behaviour.status(500),
                        Behaviour.status(429),
                        Behaviour.reply().resetBeforeHead());
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            statuses.add(
                    send(form, agent.body(), "x-stainless-retry-count", "" + i).statusCode());
        }
        assertThat(statuses).containsExactly(500, 429, 502);
        assertOver(form, send(form, agent.body()), "has failed 3 times in a row, of 3 allowed");
        assertThat(metric("tollgate_run_limit_calls_total{kind=\"retry\"}")).isEqualTo("2.0");
        assertThat(metric("tollgate_run_limit_calls_total{kind=\"step\"}")).isEqualTo("2.0");
    }

    @Test
    void a_run_ends_when_its_money_is_spent() throws Exception {
        start("usd: 0.25");
        String ask = new Conversation(Form.CHAT, "go").body().replace("gpt-4o-mini", "penny");
        for (int i = 0; i < 3; i++) {
            assertGranted(send(Form.CHAT, ask.replace("go", "go " + i)));
        }
        assertOver(Form.CHAT, send(Form.CHAT, ask), "has spent 0.3 of 0.25 USD");
    }

    @ParameterizedTest
    @EnumSource
    void a_run_ends_when_its_tokens_are_used(Form form) throws Exception {
        start("tokens: 30");
        Conversation agent = new Conversation(form, "go");
        HttpResponse<String> response = send(form, agent.body());
        long used = 0;
        for (int i = 0; i < 10 && response.statusCode() == 200; i++) {
            used += gateway.row(response).metered().report().usage().total();
            response = send(form, agent.say("and " + i).body());
        }
        assertOver(form, response, "has used " + used + " of 30 tokens");
    }

    @Test
    void steps_that_other_limits_refuse_are_no_steps() throws Exception {
        gateway = TestGateway.start("""
                rate_limits:
                  - {name: slow, match: {team: slow}, requests: 1/day}
                budgets:
                  - {name: poor, match: {team: poor}, period: total, limit: {tokens: 1}, steps: [{at: 100%, do: block}]}
                run_limits:
                  - {name: agents, match: {feature: agent}, steps: 2}
                """);
        String ask = new Conversation(Form.CHAT, "go").body();
        assertThat(IntStream.range(0, 5)
                        .map(i -> status(ask.replace("go", "go " + i), "x-tollgate-team", "poor"))
                        .boxed())
                .containsOnly(402)
                .hasSize(5);
        assertThat(status(ask, "x-tollgate-team", "slow")).isEqualTo(200);
        assertThat(status(ask.replace("go", "go on"), "x-tollgate-team", "slow"))
                .isEqualTo(429);
        assertThat(status(ask.replace("go", "go on"), "x-tollgate-team", "quick"))
                .isEqualTo(200);
        assertThat(status(ask.replace("go", "stop"), "x-tollgate-team", "quick"))
                .isEqualTo(402);
    }

    private int status(String body, String... more) {
        try {
            return send(Form.CHAT, body, more).statusCode();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void a_reload_keeps_the_runs() throws Exception {
        start("steps: 1");
        String ask = new Conversation(Form.CHAT, "go").body();
        assertGranted(send(Form.CHAT, ask));
        gateway.reload("""
                server: {port: 0}
                providers:
                  openai: {dialect: openai, base_url: PROVIDER}
                run_limits:
                  - {name: agents, match: {feature: agent}, steps: 2}
                """);
        assertGranted(send(Form.CHAT, ask.replace("go", "on")));
        assertOver(Form.CHAT, send(Form.CHAT, ask.replace("go", "and on")), "has made 2 of 2 steps");
    }

    @Test
    void a_session_means_nothing_to_other_keys() throws Exception {
        gateway = TestGateway.start("""
                keys:
                  - {id: one, hash: "sha256:ONE"}
                  - {id: two, hash: "sha256:TWO"}
                run_limits:
                  - {name: agents, match: {feature: agent}, steps: 1}
                """.replace("ONE", digest("one")).replace("TWO", digest("two")));
        String ask = new Conversation(Form.CHAT, "go").body();
        assertThat(status(ask, "x-tollgate-key", "one")).isEqualTo(200);
        assertThat(status(ask, "x-tollgate-key", "one")).isEqualTo(402);
        assertThat(status(ask, "x-tollgate-key", "two")).isEqualTo(200);
    }

    private static String digest(String key) throws Exception {
        return java.util.HexFormat.of()
                .formatHex(java.security.MessageDigest.getInstance("SHA-256")
                        .digest(key.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }
}
