package io.tollgate.server.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.budget.usagelog.UsageRow;
import io.tollgate.core.exchange.End;
import io.tollgate.core.usage.UsageSource;
import io.tollgate.server.fakeprovider.behaviour.Behaviour;
import io.tollgate.server.gateway.TestGateway;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EarlyStopHttpTest {
    private static final String CONFIG = """
            models:
              m: {provider: openai, price: {input: 0, output: 100}, context: 100k}
              claude-m: {provider: anthropic, price: {input: 0, output: 100}, context: 100k}
              gemini-m: {provider: gemini, price: {input: 0, output: 100}, context: 100k}
            output:
              learn: {enabled: true, factor: 4, min_samples: 5}
              stop_early: {json: [extract], repetition: true}
            """;
    private static final String VALUE = "{\"name\": \"Ada\", \"born\": [1815]}";
    private static final String CHAT =
            "{\"model\":\"m\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";

    private static TestGateway gateway(String text) {
        TestGateway gateway = TestGateway.start(CONFIG);
        gateway.provider().rules().otherwise(Behaviour.reply().text(text).pace(Duration.ofMillis(2)));
        return gateway;
    }

    private static String chatter() {
        StringBuilder text = new StringBuilder("\nThat is all there is to say about her. ");
        for (int i = 0; i < 2_000; i++) {
            text.append("But number ").append(i).append(" is another one. ");
        }
        return text.toString();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    /v1/chat/completions | {"model":"m","stream":true,"messages":[{"role":"user","content":"Hi"}]} | "finish_reason":"stop" | data: [DONE]
                    /v1/responses | {"model":"m","stream":true,"input":"Hi"} | "status":"completed" | response.completed
                    /v1/messages | {"model":"claude-m","max_tokens":9000,"stream":true,"messages":[{"role":"user","content":"Hi"}]} | "stop_reason":"end_turn" | message_stop
                    /v1beta/models/gemini-m:streamGenerateContent?alt=sse | {"contents":[{"role":"user","parts":[{"text":"Hi"}]}]} | "finishReason":"STOP" | usageMetadata
                    """)
    void behind_the_json_value_a_task_asks_for_the_stream_ends_as_the_dialect_ends_one(
            String path, String body, String finish, String last) throws Exception {
        try (TestGateway gateway = gateway(VALUE + chatter())) {
            HttpResponse<String> response = gateway.post(path, body, "x-tollgate-task", "extract");
            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
            assertThat(response.headers().firstValue("x-tollgate-early-stop")).hasValue("json,repetition");
            assertThat(response.body()).contains("]}").doesNotContain("number 50 ");
            assertThat(response.body().replace(" ", "")).contains(finish.replace(" ", ""));
            assertThat(response.body()).contains(last);
            UsageRow row = gateway.row(response);
            assertThat(row.end()).isEqualTo(End.STOPPED_EARLY);
            assertThat(row.metered().report().source()).isEqualTo(UsageSource.PARTIAL);
        }
    }

    @Test
    void other_tasks_and_callers_who_want_nothing_shaped_get_all_of_it() throws Exception {
        try (TestGateway gateway = gateway(VALUE + " and more")) {
            HttpResponse<String> other = gateway.post("/v1/chat/completions", CHAT, "x-tollgate-task", "write");
            assertThat(other.headers().firstValue("x-tollgate-early-stop")).hasValue("repetition");
            assertThat(gateway.row(other).end()).isEqualTo(End.COMPLETE);
            HttpResponse<String> off =
                    gateway.post("/v1/chat/completions", CHAT, "x-tollgate-task", "extract", "x-tollgate-shape", "off");
            assertThat(off.headers().firstValue("x-tollgate-early-stop")).isEmpty();
            assertThat(gateway.row(off).end()).isEqualTo(End.COMPLETE);
        }
    }

    @Test
    void an_answer_caught_in_a_loop_is_ended_and_what_it_would_have_cost_is_counted() throws Exception {
        try (TestGateway gateway = gateway("ok")) {
            gateway.provider().rules().otherwise(Behaviour.reply().tokens(8_000));
            for (int i = 0; i < 6; i++) {
                gateway.row(gateway.post("/v1/chat/completions", CHAT.replace("\"stream\":true,", "")));
            }
            gateway.provider()
                    .rules()
                    .otherwise(
                            Behaviour.reply().text("I am sorry. ".repeat(3_000)).pace(Duration.ofMillis(1)));
            HttpResponse<String> looped = gateway.post("/v1/chat/completions", CHAT);
            assertThat(looped.body().length()).isLessThan(600_000);
            UsageRow row = gateway.row(looped);
            assertThat(row.end()).isEqualTo(End.STOPPED_EARLY);
            assertThat(row.savings().byLever()).containsKey("early_stop");
            assertThat(row.savings().baselineNanos() - row.metered().cost().nanos())
                    .isEqualTo(row.savings().byLever().values().stream()
                            .mapToLong(Long::longValue)
                            .sum());
        }
    }
}
