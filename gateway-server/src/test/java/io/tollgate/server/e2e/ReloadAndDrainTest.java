package io.tollgate.server.e2e;

import static io.tollgate.server.e2e.Calls.CHAT;
import static io.tollgate.server.e2e.Calls.PLAIN;
import static io.tollgate.server.e2e.Calls.STREAMED;
import static io.tollgate.server.gateway.TestGateway.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tollgate.budget.report.LedgerReader;
import io.tollgate.budget.usagelog.UsageRow;
import io.tollgate.core.exchange.End;
import io.tollgate.core.usage.UsageSource;
import io.tollgate.server.fakeprovider.FakeProvider;
import io.tollgate.server.fakeprovider.behaviour.Behaviour;
import io.tollgate.server.fakeprovider.behaviour.StepStream;
import io.tollgate.server.fakeprovider.traffic.Ending;
import io.tollgate.server.gateway.RawCaller;
import io.tollgate.server.gateway.TestGateway;
import io.tollgate.server.serve.Wiring;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The gateway changes its mind, and leaves, without dropping what is under way. */
@Timeout(60)
@ExtendWith(NoLeaks.class)
class ReloadAndDrainTest {
    private static final String LAST = "data: [DONE]\n\n";

    private static TestGateway gateway(String more, Duration drainLimit) {
        return TestGateway.start(
                more,
                FakeProvider.start(),
                wiring -> new Wiring(wiring.clock(), wiring.ticker(), null, null, drainLimit, wiring.patience()));
    }

    @Test
    void a_reload_counts_for_the_next_call_and_leaves_a_running_stream_alone() throws Exception {
        try (TestGateway gateway = TestGateway.start();
                FakeProvider other = FakeProvider.start();
                RawCaller streaming = new RawCaller(gateway.port())) {
            StepStream steps = gateway.provider().stepNext();
            streaming.post(CHAT, STREAMED);
            steps.head();
            steps.send(steps.events().getFirst());
            streaming.readTo("\n\n");

            gateway.reload("""
                    server: {port: 0}
                    providers:
                      elsewhere: {dialect: openai, base_url: %s}
                    """.formatted(other.url()));

            HttpResponse<String> next = gateway.post(CHAT, PLAIN);
            assertThat(next.headers().firstValue("x-tollgate-provider")).contains("elsewhere");
            assertThat(other.requests().total()).isEqualTo(1);
            assertThat(gateway.post("/anthropic/v1/messages", Calls.TO_CLAUDE).statusCode())
                    .isEqualTo(404);
            steps.events().stream().skip(1).forEach(steps::send);
            steps.finish();
            assertThat(streaming.readTo(LAST)).endsWith(LAST);
            assertThat(gateway.rows(2))
                    .extracting(row -> row.call().provider())
                    .containsExactlyInAnyOrder("openai", "elsewhere");
        }
    }

    @Test
    void a_running_stream_is_finished_before_the_gateway_leaves_and_nobody_new_is_let_in() throws Exception {
        TestGateway gateway = gateway("", Duration.ofSeconds(20));
        URI traffic = URI.create(gateway.url());
        String admin = gateway.server().adminUrl();
        assertThat(gateway.get(admin + "/health/readiness").body()).isEqualTo("ready\n");
        StepStream steps = gateway.provider().stepNext();
        try (RawCaller streaming = new RawCaller(gateway.port());
                RawCaller kept = new RawCaller(gateway.port());
                Http2Caller http2 = new Http2Caller(gateway.port())) {
            assertThat(kept.say("GET /health/readiness HTTP/1.1\r\nhost: x\r\n\r\n")
                            .answer()
                            .status())
                    .isEqualTo(200);
            assertThat(http2.open(Http2Caller.post("/health/liveness").method("GET"), true)
                            .await()
                            .status())
                    .isEqualTo(200);
            streaming.post(CHAT, STREAMED);
            steps.head();
            steps.send(steps.events().getFirst());
            streaming.readTo("\n\n");
            Thread leaving = Thread.startVirtualThread(gateway::close);

            await().atMost(SOON)
                    .until(() -> gateway.get(admin + "/health/readiness").statusCode() == 503);
            assertThat(gateway.get(admin + "/health/readiness").body()).isEqualTo("draining\n");
            assertThat(gateway.get(admin + "/health/liveliness").body()).isEqualTo("alive\n");
            await().atMost(SOON)
                    .untilAsserted(() -> assertThatThrownBy(() -> new RawCaller(traffic.getPort()).close())
                            .isInstanceOf(ConnectException.class));
            kept.say("GET /health/readiness HTTP/1.1\r\nhost: x\r\n\r\n");
            var answer = kept.answer();
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.header("connection")).isEqualTo("close");
            assertThat(http2.open(Http2Caller.post("/health/readiness").method("GET"), true)
                            .await()
                            .status())
                    .isEqualTo(503);
            await().atMost(SOON).until(() -> !http2.isOpen());

            steps.events().stream().skip(1).forEach(steps::send);
            steps.finish();
            assertThat(streaming.readAll()).endsWith(LAST + "\r\n0\r\n\r\n");
            leaving.join(Duration.ofSeconds(20));
            assertThat(leaving.isAlive()).isFalse();
        }
    }

    @Test
    void an_answer_that_its_caller_reads_slowly_is_whole_although_the_gateway_leaves() throws Exception {
        TestGateway gateway = gateway("", Duration.ofSeconds(20));
        String event = "data: " + "x".repeat(1016) + "\n\n";
        gateway.provider().enqueue(Behaviour.reply().body("text/event-stream", event.repeat(600)));
        try (RawCaller caller = new RawCaller(gateway.port(), 4096)) {
            caller.post("/openai/v1/files", "{}");
            await().atMost(SOON).until(() -> gateway.provider().requests().total() == 1);
            gateway.provider().requests().last().awaitEnding(SOON);
            Thread leaving = Thread.startVirtualThread(gateway::close);
            await().atMost(SOON).until(() -> gateway.server().load().isDraining());
            caller.readTo("\r\n\r\n");
            long read = 0;
            for (int i = 0; i < 600; i++) {
                read += caller.readTo("x\n\n").length();
                if (i % 60 == 0) {
                    leaving.join(Duration.ofMillis(20));
                }
            }
            assertThat(read).isGreaterThanOrEqualTo(600L * event.length());
            assertThat(caller.readAll()).endsWith("0\r\n\r\n");
            leaving.join(Duration.ofSeconds(20));
        }
    }

    @Test
    void what_takes_longer_than_the_limit_is_cut_and_its_row_written() throws Exception {
        TestGateway gateway = gateway("", Duration.ofMillis(300));
        StepStream steps = gateway.provider().stepNext();
        try (RawCaller caller = new RawCaller(gateway.port())) {
            caller.post(CHAT, STREAMED);
            steps.head();
            steps.send(steps.events().getFirst());
            caller.readTo("\n\n");
            LedgerReader ledger = gateway.ledger();
            gateway.server().close();
            assertThat(caller.readAll()).doesNotContain("[DONE]");
            UsageRow row = ledger.requests(io.tollgate.budget.report.Period.EVER, java.util.Map.of(), 10, null)
                    .rows()
                    .getFirst();
            assertThat(row.end()).isIn(End.CLIENT_GONE, End.UPSTREAM_FAILED);
            assertThat(row.metered().report().source()).isEqualTo(UsageSource.PARTIAL);
        } finally {
            gateway.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"abort", "drain"})
    void a_caller_that_leaves_ends_the_call_or_lets_it_tell_its_usage(String onClientGone) throws Exception {
        String providers =
                "providers:\n  openai: {dialect: openai, base_url: PROVIDER, on_client_gone: " + onClientGone + "}\n";
        try (TestGateway gateway = gateway(providers, Duration.ofSeconds(5))) {
            StepStream steps = gateway.provider().stepNext();
            RawCaller caller = new RawCaller(gateway.port());
            caller.post(CHAT, STREAMED);
            steps.head();
            steps.send(steps.events().getFirst());
            caller.readTo("\n\n");
            caller.reset();
            if (onClientGone.equals("drain")) {
                Calls.assertIdle(gateway);
                steps.events().stream().skip(1).forEach(steps::send);
                steps.finish();
                assertThat(steps.request().awaitEnding(SOON).kind()).isEqualTo(Ending.Kind.SENT);
                UsageRow row = gateway.rows(1).getFirst();
                assertThat(row.metered().report().source()).isEqualTo(UsageSource.PROVIDER);
                assertThat(row.end()).isEqualTo(End.COMPLETE);
            } else {
                assertThat(steps.request().awaitEnding(SOON).kind()).isEqualTo(Ending.Kind.PEER_CLOSED);
                UsageRow row = gateway.rows(1).getFirst();
                assertThat(row.metered().report().source()).isEqualTo(UsageSource.PARTIAL);
                assertThat(row.end()).isEqualTo(End.CLIENT_GONE);
            }
        }
    }

    @Test
    void both_ports_say_that_they_live() throws Exception {
        try (TestGateway gateway = TestGateway.start()) {
            for (String url : new String[] {gateway.url(), gateway.server().adminUrl()}) {
                assertThat(gateway.get(url + "/health/liveness").body()).isEqualTo("alive\n");
                assertThat(gateway.get(url + "/health/liveliness").body()).isEqualTo("alive\n");
                assertThat(gateway.get(url + "/health/readiness").statusCode()).isEqualTo(200);
                assertThat(gateway.get(url + "/health/nothing").statusCode()).isEqualTo(404);
            }
        }
    }
}
