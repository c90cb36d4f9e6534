package io.tollgate.server.e2e;

import static io.tollgate.server.e2e.Calls.CHAT;
import static io.tollgate.server.e2e.Calls.MESSAGES;
import static io.tollgate.server.e2e.Calls.PLAIN;
import static io.tollgate.server.e2e.Calls.STREAMED;
import static io.tollgate.server.gateway.TestGateway.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Headers;
import io.tollgate.core.exchange.End;
import io.tollgate.server.fakeprovider.FakeProvider;
import io.tollgate.server.fakeprovider.behaviour.Behaviour;
import io.tollgate.server.fakeprovider.behaviour.StepStream;
import io.tollgate.server.fakeprovider.traffic.Ending;
import io.tollgate.server.front.Patience;
import io.tollgate.server.gateway.TestGateway;
import io.tollgate.server.serve.Wiring;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** HTTP/2 without TLS, by prior knowledge. */
@Timeout(60)
@ExtendWith(NoLeaks.class)
class Http2Test {
    private static final Patience SHORT =
            new Patience(Duration.ofSeconds(3), Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofSeconds(1));
    private static TestGateway gateway;
    private Http2Caller caller = new Http2Caller(gateway.port());

    @BeforeAll
    static void start() {
        gateway = TestGateway.start(
                "",
                FakeProvider.start(),
                wiring -> new Wiring(wiring.clock(), wiring.ticker(), null, null, wiring.drainLimit(), SHORT));
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @AfterEach
    void the_gateway_goes_on_and_holds_nothing() throws Exception {
        caller.close();
        Calls.assertServing(gateway);
    }

    @Test
    void many_streams_of_one_connection_are_answered_each_with_its_own() throws Exception {
        List<Http2Caller.Stream> streams = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            streams.add(caller.post(CHAT, (i % 2 == 0 ? STREAMED : PLAIN).replace("Hello there", "Number " + i)));
        }
        for (int i = 0; i < 100; i++) {
            Http2Caller.Stream stream = streams.get(i).await();
            assertThat(stream.status()).isEqualTo(200);
            assertThat(stream.resetCode()).isEqualTo(-1);
            String direct = gateway.post(CHAT, (i % 2 == 0 ? STREAMED : PLAIN).replace("Hello there", "Number " + i))
                    .body();
            assertThat(said(stream.text())).isEqualTo(said(direct));
            assertThat(stream.header("connection")).isNull();
            assertThat(stream.header("transfer-encoding")).isNull();
        }
    }

    /** The answer less its ids and times. */
    private static String said(String answer) {
        return answer.replaceAll("\"(id|created|system_fingerprint)\":(\"[^\"]*\"|\\d+)", "");
    }

    @Test
    void each_event_reaches_the_caller_before_the_provider_sends_the_next() throws Exception {
        StepStream steps = gateway.provider().stepNext();
        Http2Caller.Stream stream = caller.post(CHAT, STREAMED);
        steps.head();
        for (int i = 0; i < 10; i++) {
            String event = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"n" + i + ".\"}}]}\n\n";
            steps.send(event);
            await().atMost(SOON).until(() -> stream.text().endsWith(event));
        }
        steps.finish();
        stream.await();
    }

    @Test
    void a_stream_the_caller_breaks_off_cancels_its_call_and_no_other() throws Exception {
        StepStream first = gateway.provider().stepNext();
        Http2Caller.Stream broken = caller.post(CHAT, STREAMED);
        first.head();
        first.send(first.events().getFirst());
        await().atMost(SOON).until(() -> !broken.text().isEmpty());
        StepStream second = gateway.provider().stepNext();
        Http2Caller.Stream other = caller.post(CHAT, STREAMED);
        second.head();
        broken.cancel();
        assertThat(first.request().awaitEnding(SOON).kind()).isEqualTo(Ending.Kind.PEER_CLOSED);
        second.events().forEach(second::send);
        second.finish();
        assertThat(other.await().text()).endsWith("data: [DONE]\n\n");
        await().atMost(SOON).until(() -> gateway.rows(1).stream().anyMatch(row -> row.end() == End.CLIENT_GONE));
    }

    @Test
    void a_stream_broken_off_before_it_was_whole_leaves_nothing_behind() throws Exception {
        for (int i = 0; i < 20; i++) {
            Http2Caller.Stream stream = caller.open(Http2Caller.post(CHAT), false);
            stream.send("{\"model\":", false);
            stream.cancel();
        }
        Calls.assertIdle(gateway);
        assertThat(caller.post(CHAT, PLAIN).await().status()).isEqualTo(200);
    }

    @Test
    void an_answer_larger_than_every_window_arrives_whole() throws Exception {
        String event = "data: " + "x".repeat(1000) + "\n\n";
        gateway.provider().enqueue(Behaviour.reply().body("text/event-stream", event.repeat(4000)));
        assertThat(caller.post(
                                CHAT,
                                STREAMED.replace(
                                        "\"stream\":true",
                                        "\"stream\":true,\"stream_options\":{\"include_usage\":true}"))
                        .await()
                        .text())
                .isEqualTo(event.repeat(4000));
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/chat/completions, '{', 400, invalid_request_error",
        "/v1/messages, '[]', 400, '{\"type\":\"error\"'",
        "/nowhere, '{}', 404, not_found_error",
        "/v1/chat/completions?a=b c, '{}', 400, percent-encoded"
    })
    void a_refusal_ends_its_stream_and_not_the_connection(String path, String body, int status, String word)
            throws Exception {
        Http2Caller.Stream stream = caller.post(path, body).await();
        assertThat(stream.status()).isEqualTo(status);
        assertThat(stream.text()).contains(word);
        assertThat(caller.post(CHAT, PLAIN).await().status()).isEqualTo(200);
    }

    @Test
    void a_body_that_never_ends_is_refused_and_declined_without_harm_to_the_refusal() throws Exception {
        Http2Caller.Stream stream = caller.open(Http2Caller.post(MESSAGES), false);
        for (int i = 0; i < 40 && stream.status() == 0; i++) {
            stream.send("x".repeat(100_000), false);
        }
        stream.await();
        assertThat(stream.status()).isEqualTo(413);
        await().atMost(SOON).until(() -> stream.resetCode() >= 0);
        assertThat(stream.resetCode()).isEqualTo(Http2Error.NO_ERROR.code());
        assertThat(stream.text()).contains("request_too_large");
        assertThat(caller.post(CHAT, PLAIN).await().status()).isEqualTo(200);
    }

    @Test
    void a_stream_whose_body_does_not_come_is_a_408() throws Exception {
        Http2Caller.Stream stream = caller.open(Http2Caller.post(CHAT), false);
        assertThat(stream.await().status()).isEqualTo(408);
    }

    @Test
    void headers_that_http1_could_not_say_do_not_become_other_headers() throws Exception {
        long seen = gateway.provider().requests().total();
        Http2Headers[] evil = {
            Http2Caller.post(CHAT).set("x-a", "b\r\nx-evil: 1"),
            Http2Caller.post(CHAT).set("x-a", "b\u0000"),
            Http2Caller.post(CHAT).set("x-a\r\nx-evil", "1"),
            Http2Caller.post(CHAT).set("transfer-encoding", "chunked"),
            Http2Caller.post(CHAT).set("connection", "x-a"),
            Http2Caller.post("/openai/v1/x?a=\r\nx-evil: 1"),
            Http2Caller.post(CHAT + " HTTP/1.1\r\nx-evil: 1"),
            Http2Caller.post(CHAT).set("content-length", "5").add("content-length", "6"),
            Http2Caller.post(CHAT).method("PO ST"),
        };
        for (Http2Headers headers : evil) {
            Http2Caller each = new Http2Caller(gateway.port());
            Http2Caller.Stream stream = each.open(headers, true).await();
            assertThat(stream.status()).as(headers + " " + stream.text()).isIn(0, 400);
            each.close();
        }
        assertThat(gateway.provider().requests().total()).isEqualTo(seen);
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/messages, '{\"type\":\"error\"'",
        "/anthropic/v1/files, '{\"type\":\"error\"'",
        "/v1beta/models/m:generateContent, '\"status\":\"INVALID_ARGUMENT\"'",
        "/v1/chat/completions, '\"type\":\"invalid_request_error\",\"param\"'"
    })
    void an_unreadable_head_is_refused_in_the_dialect_of_its_path(String path, String word) throws Exception {
        Http2Caller each = new Http2Caller(gateway.port());
        Http2Caller.Stream stream =
                each.open(Http2Caller.post(path).method("PO ST"), true).await();
        assertThat(stream.status()).isEqualTo(400);
        assertThat(stream.text()).contains(word, ":method holds character 0x20");
        each.close();
    }

    @Test
    void a_connection_without_streams_is_closed_in_time() {
        await().atMost(SOON).until(() -> !caller.isOpen());
    }
}
