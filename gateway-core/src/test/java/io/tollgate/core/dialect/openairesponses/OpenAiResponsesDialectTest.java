package io.tollgate.core.dialect.openairesponses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.core.dialect.Endpoint;
import io.tollgate.core.dialect.Operation;
import io.tollgate.core.dialect.RequestFacts;
import io.tollgate.core.dialect.RequestFacts.UsageOption;
import io.tollgate.core.dialect.openai.Answers;
import io.tollgate.core.error.ErrorKind;
import io.tollgate.core.error.Refusal;
import io.tollgate.core.exchange.End;
import io.tollgate.core.http.RequestBody;
import io.tollgate.core.http.SplicedBody;
import io.tollgate.core.usage.Usage;
import io.tollgate.core.usage.UsageReport;
import io.tollgate.core.usage.UsageSource;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class OpenAiResponsesDialectTest {
    private final OpenAiResponsesDialect responses = new OpenAiResponsesDialect();

    private Endpoint endpoint(Operation operation) {
        return new Endpoint(responses, operation, null, "/v1/responses", null, false);
    }

    private RequestFacts read(String json) {
        return responses.read(endpoint(Operation.GENERATE), RequestBody.of(json.getBytes(StandardCharsets.UTF_8)));
    }

    private UsageReport report(Operation operation, String answer, End end) {
        return Answers.read(
                responses.usageReader(endpoint(operation), Answers.REQUEST),
                200,
                answer.getBytes(StandardCharsets.UTF_8),
                end);
    }

    private static String response(String id, String status, boolean background, String usage) {
        return "{\"id\":\"" + id + "\",\"status\":\"" + status + "\",\"background\":" + background
                + ",\"model\":\"m\",\"usage\":" + usage + "}";
    }

    private static final String USAGE = "{\"input_tokens\":5,\"output_tokens\":6,\"total_tokens\":11}";

    @Test
    void the_facts_of_a_request_are_read() {
        RequestFacts facts = read("""
                {"model":"gpt-5","instructions":"Be kind.","input":[{"role":"user","content":"Hi"},
                {"type":"function_call","call_id":"c","name":"f","arguments":"{}"},
                {"type":"function_call_output","call_id":"c","output":"42"},
                {"role":"user","content":[{"type":"input_image","image_url":"data:,x"}]}],
                "max_output_tokens":70,"stream":true}""");
        assertThat(facts.model()).isEqualTo("gpt-5");
        assertThat(facts.outputCap()).isEqualTo(70);
        assertThat(facts.usageOption()).isEqualTo(UsageOption.NOT_APPLICABLE);
        assertThat(facts.turns())
                .extracting(turn -> turn.role() + " " + turn.textBytes())
                .containsExactly("user 2", "function_call 3", "function_call_output 2", "user 0");
        assertThat(facts.textBytes()).isEqualTo(15);
        assertThat(facts.images()).isEqualTo(1);
        assertThat(read("{\"input\":\"plain\"}").textBytes()).isEqualTo(5);
        assertThatThrownBy(() -> read("{\"input\":{}}")).hasMessageContaining("expected a string or an array");
    }

    @Test
    void the_cap_is_spliced_in() {
        String json = "{\"model\":\"m\"}";
        assertThat(new String(
                        new SplicedBody(
                                        RequestBody.of(json.getBytes(StandardCharsets.UTF_8)),
                                        responses.outputCap(read(json), null, 16))
                                .toBytes(),
                        StandardCharsets.UTF_8))
                .isEqualTo("{\"max_output_tokens\":16,\"model\":\"m\"}");
    }

    @Test
    void a_background_response_is_billed_once_by_the_call_that_first_fetches_it_done() {
        String queued = response("resp_9", "queued", true, "null");
        String done = response("resp_9", "completed", true, USAGE);
        assertThat(report(Operation.GENERATE, queued, End.COMPLETE).source()).isEqualTo(UsageSource.NONE);
        assertThat(report(Operation.TUNNEL, queued, End.COMPLETE).source()).isEqualTo(UsageSource.NONE);
        UsageReport fetched = report(Operation.TUNNEL, done, End.COMPLETE);
        assertThat(fetched.source()).isEqualTo(UsageSource.PROVIDER);
        assertThat(fetched.usage()).isEqualTo(Usage.of(5, 6));
        assertThat(fetched.model()).isEqualTo("m");
        assertThat(report(Operation.TUNNEL, done, End.COMPLETE).source()).isEqualTo(UsageSource.NONE);
    }

    @Test
    void a_background_response_streamed_to_its_end_is_not_billed_again_when_fetched() {
        String done = response("resp_8", "completed", true, USAGE);
        String stream =
                "event: response.completed\ndata: {\"type\":\"response.completed\",\"response\":" + done + "}\n\n";
        assertThat(report(Operation.GENERATE, stream, End.COMPLETE).usage()).isEqualTo(Usage.of(5, 6));
        assertThat(report(Operation.TUNNEL, done, End.COMPLETE).source()).isEqualTo(UsageSource.NONE);
    }

    @Test
    void a_background_stream_the_caller_leaves_is_billed_when_fetched() {
        String start = "data: {\"type\":\"response.created\",\"response\":"
                + response("resp_7", "in_progress", true, "null") + "}\n\n";
        assertThat(report(Operation.GENERATE, start, End.CLIENT_GONE).source()).isEqualTo(UsageSource.NONE);
        assertThat(report(Operation.TUNNEL, response("resp_7", "completed", true, USAGE), End.COMPLETE)
                        .source())
                .isEqualTo(UsageSource.PROVIDER);
    }

    @Test
    void a_fetched_response_that_was_answered_at_once_is_not_billed_again() {
        UsageReport report = report(Operation.TUNNEL, response("resp_6", "completed", false, USAGE), End.COMPLETE);
        assertThat(report.source()).isEqualTo(UsageSource.NONE);
        assertThat(report.usage()).isEqualTo(Usage.ZERO);
    }

    @Test
    void counting_input_tokens_costs_nothing() {
        assertThat(report(Operation.COUNT_TOKENS, "{\"input_tokens\":18}", End.COMPLETE))
                .isEqualTo(UsageReport.NOTHING);
    }

    @Test
    void what_is_remembered_as_billed_is_bounded() {
        BilledOnce billed = new BilledOnce(2);
        assertThat(billed.isFirst("a")).isTrue();
        assertThat(billed.isFirst("a")).isFalse();
        assertThat(billed.isFirst("b")).isTrue();
        assertThat(billed.isFirst("c")).isTrue();
        assertThat(billed.isFirst("c")).isFalse();
        assertThat(billed.isFirst("a")).isTrue();
    }

    @Test
    void a_failure_in_a_stream_is_a_failed_response_with_a_code_clients_know() {
        String event = new String(
                responses.errorEvent(new Refusal(ErrorKind.UPSTREAM_FAILED, "it \"broke\""), "r1"),
                StandardCharsets.UTF_8);
        assertThat(event)
                .startsWith("event: response.failed\ndata: {\"type\":\"response.failed\",\"sequence_number\":0,")
                .contains("\"error\":{\"code\":\"server_error\",\"message\":\"it \\\"broke\\\"\"}")
                .endsWith("}}\n\n");
        assertThat(new String(
                        responses.errorEvent(new Refusal(ErrorKind.BUDGET_EXHAUSTED, "x"), "r1"),
                        StandardCharsets.UTF_8))
                .contains("\"code\":\"insufficient_quota\"");
        UsageReport read = report(Operation.GENERATE, event, End.UPSTREAM_FAILED);
        assertThat(read.finish()).isEqualTo("failed");
    }
}
