package io.tollgate.server.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.core.exchange.End;
import io.tollgate.server.fakeprovider.behaviour.Behaviour;
import io.tollgate.server.gateway.TestGateway;
import io.tollgate.server.limits.Conversation.Form;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each run limit with an agent's conversation in each dialect. A test's limit is the rule of its feature. */
class RunLimitsHttpTest {
    private static TestGateway gateway;
    private static int sessions;

    private String session = "";

    @BeforeAll
    static void start() {
        gateway = TestGateway.start("""
                models:
                  penny: {provider: openai, price: {input: 0, output: 10000}}
                run_limits:
                  - {name: stepping, match: {feature: stepping}, steps: 3}
                  - {name: calling, match: {feature: calling}, tool_calls: 4}
                  - {name: forgetting, match: {feature: forgetting}, tool_calls: 9}
                  - {name: repeating, match: {feature: repeating}, repeated_tool_call: 3}
                  - {name: failing, match: {feature: failing}, failures: 3, steps: 2}
                  - {name: spending, match: {feature: spending}, usd: 0.25}
                  - {name: using, match: {feature: using}, tokens: 30}
                """);
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @BeforeEach
    void anotherRun() {
        session = "run-" + ++sessions;
        gateway.provider().reset();
        gateway.provider().rules().otherwise(Behaviour.reply().tokens(10));
    }

    private HttpResponse<String> send(Form form, String feature, String body, String... more) throws Exception {
        List<String> headers = new ArrayList<>(List.of("x-tollgate-session", session, "x-tollgate-feature", feature));
        headers.addAll(List.of(more));
        HttpResponse<String> response = gateway.post(form.path, body, headers.toArray(String[]::new));
        Ends.await(gateway, response);
        return response;
    }

    private static void assertGranted(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    }

    private void assertOver(Form form, HttpResponse<String> response, String seen) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(402);
        assertThat(response.headers().firstValue("x-should-retry")).hasValue("false");
        assertThat(response.headers().firstValue("retry-after")).isEmpty();
        assertThat(response.body())
                .containsPattern("run limit \\w+: session " + session + " ")
                .contains(seen);
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

    private static double metric(String name) throws Exception {
        return gateway.get(gateway.server().adminUrl() + "/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("tollgate_run_limit_" + name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @EnumSource
    void a_run_ends_after_its_steps(Form form) throws Exception {
        Conversation agent = new Conversation(form, "go");
        for (int i = 0; i < 3; i++) {
            assertGranted(send(form, "stepping", agent.body()));
            agent.call("search", "{\"q\":\"" + i + "\"}");
        }
        long sent = gateway.provider().requests().total();
        assertOver(form, send(form, "stepping", agent.body()), "has made 3 of 3 steps");
        assertThat(gateway.provider().requests().total()).isEqualTo(sent);
        HttpResponse<String> codex = send(form, "stepping", agent.body(), "user-agent", "codex_cli_rs/0.169");
        assertThat(codex.statusCode()).isEqualTo(429);
        assertGranted(send(form, "another", agent.body()));
        session = "run-" + ++sessions;
        assertGranted(send(form, "stepping", agent.body()));
        assertGranted(gateway.post(form.path, agent.body(), "x-tollgate-feature", "stepping"));
    }

    @ParameterizedTest
    @EnumSource
    void a_run_ends_when_it_made_more_tool_calls_than_it_may(Form form) throws Exception {
        Conversation agent = new Conversation(form, "go");
        for (int i = 0; i < 4; i++) {
            agent.call("tool" + i, "{\"n\":" + i + "}");
            assertGranted(send(form, "calling", agent.body()));
        }
        agent.call("one_more", "{}");
        assertOver(form, send(form, "calling", agent.body()), "has made 5 tool calls, of 4 allowed");
    }

    @ParameterizedTest
    @EnumSource
    void a_client_that_forgets_the_beginning_does_not_start_to_count_anew(Form form) throws Exception {
        Conversation agent = new Conversation(form, "go");
        for (int i = 0; i < 9; i++) {
            agent.call("poll" + i % 4, "{\"n\":" + i % 2 + "}");
            assertGranted(send(form, "forgetting", agent.lastTurns(4)));
        }
        agent.call("poll", "{}");
        assertOver(form, send(form, "forgetting", agent.lastTurns(4)), "has made 10 tool calls, of 9 allowed");
    }

    @ParameterizedTest
    @EnumSource
    void the_same_call_with_the_same_arguments_ends_a_run(Form form) throws Exception {
        double steps = metric("calls_total{kind=\"step\"}");
        double loops = metric("calls_total{kind=\"loop\"}");
        double refused = metric("refused_requests_total{limit=\"repeated_tool_call\"}");
        Conversation agent = new Conversation(form, "go");
        agent.call("weather", "{\"city\":\"Rome\"}").call("weather", "{\"city\":\"Oslo\",\"days\":3}");
        assertGranted(send(form, "repeating", agent.body()));
        agent.call("weather", "{ \"days\": 3.0, \"city\": \"Oslo\" }");
        assertGranted(send(form, "repeating", agent.body()));
        assertGranted(send(form, "repeating", agent.say("and now?").body()));
        agent.call("weather", "{\"days\":3,\"city\":\"Oslo\"}");
        assertOver(
                form,
                send(form, "repeating", agent.body()),
                "has called the tool weather with the same arguments 3 times in a row, of 3 allowed");
        assertThat(metric("calls_total{kind=\"step\"}") - steps).isEqualTo(2);
        assertThat(metric("calls_total{kind=\"loop\"}") - loops).isEqualTo(1);
        assertThat(metric("refused_requests_total{limit=\"repeated_tool_call\"}") - refused)
                .isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void going_in_circles_ends_a_run(Form form) throws Exception {
        Conversation agent = new Conversation(form, "go");
        for (int i = 0; i < 5; i++) {
            agent.call(i % 2 == 0 ? "read" : "write", "{\"file\":\"a\"}");
            assertGranted(send(form, "repeating", agent.body()));
        }
        agent.call("write", "{\"file\":\"a\"}");
        assertOver(
                form,
                send(form, "repeating", agent.body()),
                "goes in circles: it has made the same tool calls (read, write) 3 times in turn, of 3 allowed");
    }

    @ParameterizedTest
    @EnumSource
    void a_run_that_fails_again_and_again_ends_and_its_retries_are_no_steps(Form form) throws Exception {
        double steps = metric("calls_total{kind=\"step\"}");
        double retries = metric("calls_total{kind=\"retry\"}");
        Conversation agent = new Conversation(form, "go");
        assertGranted(send(form, "failing", agent.body()));
        agent.call("search", "{}");
        gateway.provider()
                .enqueue(
                        Behaviour.status(500),
                        Behaviour.status(429),
                        Behaviour.reply().resetAfterHead());
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            statuses.add(send(form, "failing", agent.body(), "x-stainless-retry-count", "" + i)
                    .statusCode());
        }
        assertThat(statuses).containsExactly(500, 429, 502);
        assertOver(form, send(form, "failing", agent.body()), "has failed 3 times in a row, of 3 allowed");
        assertThat(metric("calls_total{kind=\"step\"}") - steps).isEqualTo(2);
        assertThat(metric("calls_total{kind=\"retry\"}") - retries).isEqualTo(2);
    }

    @Test
    void a_run_ends_when_its_money_is_spent() throws Exception {
        String ask = new Conversation(Form.CHAT, "go").body().replace("gpt-4o-mini", "penny");
        for (int i = 0; i < 3; i++) {
            assertGranted(send(Form.CHAT, "spending", ask.replace("go", "go " + i)));
        }
        assertOver(Form.CHAT, send(Form.CHAT, "spending", ask), "has spent 0.3 of 0.25 USD");
    }

    @ParameterizedTest
    @EnumSource
    void a_run_ends_when_its_tokens_are_used(Form form) throws Exception {
        Conversation agent = new Conversation(form, "go");
        HttpResponse<String> response = send(form, "using", agent.body());
        long used = 0;
        for (int i = 0; i < 10 && response.statusCode() == 200; i++) {
            used += gateway.row(response).metered().report().usage().total();
            response = send(form, "using", agent.say("and " + i).body());
        }
        assertOver(form, response, "has used " + used + " of 30 tokens");
    }
}
