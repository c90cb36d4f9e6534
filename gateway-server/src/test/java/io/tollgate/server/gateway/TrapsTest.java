package io.tollgate.server.gateway;

import static io.tollgate.server.gateway.TestGateway.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.budget.usagelog.UsageRow;
import io.tollgate.core.exchange.End;
import io.tollgate.core.usage.UsageSource;
import io.tollgate.server.e2e.NoLeaks;
import io.tollgate.server.fakeprovider.behaviour.Behaviour;
import io.tollgate.server.fakeprovider.behaviour.Manner;
import io.tollgate.server.fakeprovider.behaviour.StepStream;
import io.tollgate.server.fakeprovider.traffic.Ending;
import io.tollgate.server.fakeprovider.traffic.ReceivedRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What gateways before this one fell into, one test each. The numbers are those of the project's list of traps. */
@ExtendWith(NoLeaks.class)
class TrapsTest {
    private static final String CHAT = "/v1/chat/completions";
    private static final String STREAMED =
            "{\"model\":\"gpt-4o-mini\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"Hello there\"}]}";
    private static final String PLAIN =
            "{\"model\":\"gpt-4o-mini\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello there\"}]}";

    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        gateway = TestGateway.start("""
                providers:
                  openai: {dialect: openai, base_url: PROVIDER, timeouts: {connect: 2s, first_byte: 700ms, between_bytes: 700ms}}
                  patient: {dialect: openai, base_url: PROVIDER}
                  anthropic: {dialect: anthropic, base_url: PROVIDER}
                  gemini: {dialect: gemini, base_url: PROVIDER}
                """);
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @AfterEach
    void forgetScript() {
        gateway.provider().reset();
    }

    /** No 1. */
    @Test
    void a_caller_that_does_not_read_slows_the_provider_down_and_loses_nothing() throws Exception {
        int size = 24 << 20;
        gateway.provider().enqueue(Behaviour.reply().body("text/event-stream", "data: x\n\n".repeat(size / 9)));
        long before = gateway.provider().bytesWritten();
        try (RawCaller caller = new RawCaller(gateway.port(), 16 * 1024)) {
            caller.post("/patient" + CHAT, STREAMED);
            AtomicLong last = new AtomicLong(-1);
            await().atMost(SOON).pollInterval(Duration.ofMillis(400)).until(() -> {
                long written = gateway.provider().bytesWritten() - before;
                return written > 0 && last.getAndSet(written) == written;
            });
            assertThat(last.get()).isLessThan(size / 2);
            caller.readTo("\r\n\r\n");
            caller.readTo("data: x\n\n");
            assertThat(caller.readTo("0\r\n\r\n").length()).isGreaterThan(size - 1000);
        }
    }

    /** No 2. */
    @Test
    void a_caller_that_leaves_while_the_provider_is_silent_is_noticed_at_once() throws Exception {
        StepStream steps = gateway.provider().stepNext();
        RawCaller caller = new RawCaller(gateway.port());
        caller.post("/patient" + CHAT, STREAMED);
        steps.head();
        steps.send(steps.events().getFirst());
        caller.readTo("\n\n");
        caller.reset();
        assertThat(steps.request().awaitEnding(SOON).kind()).isEqualTo(Ending.Kind.PEER_CLOSED);
    }

    /** No 3. */
    @Test
    void a_caller_that_leaves_before_the_head_cancels_the_call() throws Exception {
        gateway.provider().enqueue(Behaviour.reply().delay(Duration.ofSeconds(60)));
        RawCaller caller = new RawCaller(gateway.port());
        caller.post("/patient" + CHAT, PLAIN);
        ReceivedRequest received = gateway.provider().requests().await(r -> r.complete(), SOON);
        caller.reset();
        assertThat(received.awaitEnding(SOON).kind()).isEqualTo(Ending.Kind.PEER_CLOSED);
        await().atMost(SOON).until(() -> gateway.rows(1).getLast().end() == End.CLIENT_GONE);
    }

    /** No 3. */
    @Test
    void a_caller_that_leaves_mid_stream_cancels_the_call_and_pays_for_what_was_said() throws Exception {
        StepStream steps = gateway.provider().stepNext();
        RawCaller caller = new RawCaller(gateway.port());
        caller.post("/patient" + CHAT, STREAMED);
        steps.head();
        steps.send(
                "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"model\":\"gpt-4o-mini\",\"choices\":[{\"index\":0,"
                        + "\"delta\":{\"content\":\"" + "word ".repeat(40) + "\"}}]}\n\n");
        String head = caller.readTo("word \"}}]}\n\n");
        caller.reset();
        assertThat(steps.request().awaitEnding(SOON).kind()).isEqualTo(Ending.Kind.PEER_CLOSED);
        UsageRow row = rowNamedIn(head);
        assertThat(row.end()).isEqualTo(End.CLIENT_GONE);
        assertThat(row.metered().report().source()).isEqualTo(UsageSource.PARTIAL);
        assertThat(row.metered().report().usage().output()).isBetween(30L, 70L);
        assertThat(row.metered().report().usage().input()).isPositive();
    }

    private static UsageRow rowNamedIn(String head) {
        String id = head.replaceAll("(?s).*x-tollgate-request-id: (\\w+).*", "$1");
        return await().atMost(SOON)
                .until(
                        () -> gateway.rows(1).stream()
                                .filter(row -> row.requestId().equals(id))
                                .findFirst(),
                        java.util.Optional::isPresent)
                .orElseThrow();
    }

    /** No 4. */
    @Test
    void each_event_reaches_the_caller_before_the_provider_sends_the_next() throws Exception {
        StepStream steps = gateway.provider().stepNext();
        try (RawCaller caller = new RawCaller(gateway.port())) {
            caller.post("/patient" + CHAT, STREAMED);
            steps.head();
            caller.readTo("\r\n\r\n");
            for (int i = 0; i < 20; i++) {
                steps.send("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"n" + i + ".\"}}]}\n\n");
                assertThat(caller.readTo("n" + i + ".\"}}]}\n\n")).contains("n" + i + ".");
            }
            steps.finish();
        }
    }

    /** No 5. */
    @Test
    void a_provider_that_answers_before_it_has_read_the_request_is_not_asked_again_on_that_connection()
            throws Exception {
        gateway.provider().enqueue(Behaviour.status(400).in(Manner.BEFORE_BODY));
        String large = PLAIN.replace("Hello there", "x".repeat(900_000));
        HttpResponse<String> early = gateway.post("/patient" + CHAT, large);
        assertThat(early.statusCode()).isEqualTo(400);
        for (int i = 0; i < 5; i++) {
            assertThat(gateway.post("/patient" + CHAT, PLAIN).statusCode()).isEqualTo(200);
        }
    }

    /** No 6. */
    @Test
    void a_provider_that_is_silent_before_the_first_byte_is_a_gateway_timeout() throws Exception {
        gateway.provider().enqueue(Behaviour.reply().delay(Duration.ofSeconds(60)));
        HttpResponse<String> response = gateway.post("/openai" + CHAT, PLAIN);
        assertThat(response.statusCode()).isEqualTo(504);
        assertThat(response.body()).contains("upstream_error").contains("first_byte");
        assertThat(gateway.row(response).end()).isEqualTo(End.TIMED_OUT);
    }

    /** No 6. */
    @Test
    void a_provider_that_falls_silent_mid_stream_ends_with_the_dialects_own_error() throws Exception {
        StepStream steps = gateway.provider().stepNext();
        try (RawCaller caller = new RawCaller(gateway.port())) {
            caller.post("/openai" + CHAT, STREAMED);
            steps.head();
            steps.send("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"x\"}}]}\n\n");
            String all = caller.readTo("0\r\n\r\n");
            assertThat(all).contains("\"error\":{").contains("between_bytes").contains("data: [DONE]");
        }
    }

    /** No 6: silence shorter than the phase's own limit is thinking, not failure. */
    @Test
    void a_provider_that_thinks_between_events_is_waited_for() throws Exception {
        gateway.provider().enqueue(Behaviour.reply().tokens(6).pace(Duration.ofMillis(300)));
        HttpResponse<String> response = gateway.post("/openai" + CHAT, STREAMED);
        assertThat(response.body()).endsWith("data: [DONE]\n\n");
    }

    /** No 7: the readers' own tests cut goldens at every byte; this is the whole gateway with every byte a packet. */
    @Test
    void usage_is_right_when_every_byte_comes_alone() throws Exception {
        HttpResponse<String> whole = gateway.post("/patient" + CHAT, STREAMED);
        gateway.provider().enqueue(Behaviour.reply().splitEvery(1));
        HttpResponse<String> split = gateway.post("/patient" + CHAT, STREAMED);
        assertThat(gateway.row(split).metered().report().usage())
                .isEqualTo(gateway.row(whole).metered().report().usage());
        assertThat(split.body()).endsWith("data: [DONE]\n\n").doesNotContain("\"choices\":[],");
    }

    /** No 9. */
    @Test
    void usage_is_asked_for_where_the_caller_did_not_and_taken_out_again() throws Exception {
        HttpResponse<String> response = gateway.post("/patient" + CHAT, STREAMED);
        assertThat(gateway.provider().requests().last().bodyText()).contains("\"include_usage\":true");
        assertThat(response.body()).doesNotContain("\"choices\":[],").doesNotContain("\"usage\":{");
        assertThat(gateway.row(response).metered().report().source()).isEqualTo(UsageSource.PROVIDER);
    }

    /** No 9. */
    @Test
    void a_caller_that_declines_usage_is_respected() throws Exception {
        String declining =
                STREAMED.replace("\"stream\":true", "\"stream\":true,\"stream_options\":{\"include_usage\":false}");
        HttpResponse<String> response = gateway.post("/patient" + CHAT, declining);
        assertThat(gateway.provider().requests().last().bodyText()).isEqualTo(declining);
        assertThat(gateway.row(response).metered().report().source()).isEqualTo(UsageSource.ESTIMATED);
    }

    /** No 9. */
    @Test
    void a_caller_that_asks_for_usage_gets_it_and_its_bytes_are_untouched() throws Exception {
        String asking =
                STREAMED.replace("\"stream\":true", "\"stream\":true,\"stream_options\":{\"include_usage\":true}");
        HttpResponse<String> response = gateway.post("/patient" + CHAT, asking);
        assertThat(gateway.provider().requests().last().bodyText()).isEqualTo(asking);
        assertThat(response.body()).contains("\"usage\":{");
    }

    /** No 10. */
    @Test
    void what_a_broken_stream_had_said_is_partial_not_final() throws Exception {
        gateway.provider().enqueue(Behaviour.reply().tokens(50).resetAfterEvents(10));
        String asking = "{\"model\":\"claude-sonnet-4-5\",\"max_tokens\":100,\"stream\":true,"
                + "\"messages\":[{\"role\":\"user\",\"content\":\"Hello there\"}]}";
        HttpResponse<String> response = gateway.post("/v1/messages", asking);
        assertThat(response.body()).contains("event: error");
        UsageRow row = gateway.row(response);
        assertThat(row.end()).isEqualTo(End.UPSTREAM_FAILED);
        assertThat(row.metered().report().source()).isEqualTo(UsageSource.PARTIAL);
    }

    /** No 11. */
    @Test
    void a_caller_that_closes_right_after_the_last_event_has_a_complete_row() throws Exception {
        String id;
        try (RawCaller caller = new RawCaller(gateway.port())) {
            caller.post("/patient" + CHAT, STREAMED);
            id = caller.readTo("data: [DONE]\n\n");
        }
        assertThat(rowNamedIn(id).end()).isEqualTo(End.COMPLETE);
    }

    /** No 12: each dialect's own reader is tested with its tables; here nothing gets past the gateway. */
    @Test
    void a_second_model_does_not_smuggle_past_the_first() throws Exception {
        long seen = gateway.provider().requests().total();
        String twice = "{\"model\":\"gpt-4o-mini\",\"model\":\"gpt-4o\",\"messages\":[]}";
        assertThat(gateway.post(CHAT, twice).statusCode()).isEqualTo(400);
        assertThat(gateway.post(CHAT, twice.replace("\"model\":\"gpt-4o\"", "\"mod\\u0065l\":\"gpt-4o\""))
                        .statusCode())
                .isEqualTo(400);
        assertThat(gateway.post("/v1/messages", twice).body()).contains("invalid_request_error");
        assertThat(gateway.post("/v1beta/models/gemini-2.5-flash:generateContent", "{\"contents\":[],\"contents\":[]}")
                        .body())
                .contains("INVALID_ARGUMENT");
        assertThat(gateway.provider().requests().total()).isEqualTo(seen);
    }

    /** No 17. */
    @Test
    void a_provider_that_compresses_uninvited_is_still_metered() throws Exception {
        gateway.provider()
                .enqueue(Behaviour.reply().in(Manner.GZIP), Behaviour.reply().in(Manner.GZIP));
        HttpResponse<String> plain = gateway.post("/patient" + CHAT, PLAIN);
        assertThat(gateway.provider().requests().last().header("accept-encoding"))
                .isEqualTo("identity");
        assertThat(gateway.row(plain).metered().report().source()).isEqualTo(UsageSource.PROVIDER);
        HttpResponse<String> streamed = gateway.post("/patient" + CHAT, STREAMED);
        assertThat(gateway.row(streamed).metered().report().source()).isEqualTo(UsageSource.PROVIDER);
        assertThat(streamed.body()).contains("data: [DONE]").doesNotContain("\"choices\":[],");
    }
}
