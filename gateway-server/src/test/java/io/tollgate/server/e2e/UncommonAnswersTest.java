package io.tollgate.server.e2e;

import static io.tollgate.server.e2e.Calls.CHAT;
import static io.tollgate.server.e2e.Calls.MESSAGES;
import static io.tollgate.server.e2e.Calls.PLAIN;
import static io.tollgate.server.e2e.Calls.STREAMED;
import static io.tollgate.server.e2e.Calls.TO_CLAUDE;
import static io.tollgate.server.e2e.Calls.TO_GEMINI;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.server.fakeprovider.behaviour.Behaviour;
import io.tollgate.server.fakeprovider.behaviour.Cut;
import io.tollgate.server.fakeprovider.behaviour.Manner;
import io.tollgate.server.fakeprovider.json.JsonTree;
import io.tollgate.server.gateway.RawAnswer;
import io.tollgate.server.gateway.RawCaller;
import io.tollgate.server.gateway.TestGateway;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers as HTTP allows them and providers seldom give them, and the ways in which they break. */
@Timeout(60)
@ExtendWith(NoLeaks.class)
class UncommonAnswersTest {
    private static final String ASKING =
            STREAMED.replace("\"stream\":true", "\"stream\":true,\"stream_options\":{\"include_usage\":true}");

    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        gateway = TestGateway.start();
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @AfterEach
    void the_gateway_goes_on_and_holds_nothing() throws Exception {
        Calls.assertServing(gateway);
    }

    private static RawCaller caller() throws IOException {
        return new RawCaller(gateway.port());
    }

    @ParameterizedTest
    @CsvSource({"304, GET", "204, GET", "204, DELETE", "200, HEAD", "404, HEAD"})
    void an_answer_without_a_body_leaves_the_connection_usable(int status, String method) throws Exception {
        gateway.provider()
                .enqueue(Behaviour.reply()
                        .body("application/json", "")
                        .withStatus(status)
                        .contentLength(1234));
        try (RawCaller caller = caller()) {
            caller.say(method + " /openai/v1/files/f HTTP/1.1\r\nhost: x\r\n\r\n");
            RawAnswer answer = caller.answer(method.equals("HEAD"));
            assertThat(answer.status()).isEqualTo(status);
            assertThat(caller.post(CHAT, PLAIN).answer().status()).isEqualTo(200);
        }
    }

    @Test
    void a_caller_of_http_1_0_reads_until_the_end_of_the_connection() throws Exception {
        try (RawCaller caller = caller()) {
            caller.say("POST " + CHAT + " HTTP/1.0\r\ncontent-length: " + STREAMED.length() + "\r\n\r\n" + STREAMED);
            String all = caller.readAll();
            assertThat(all).startsWith("HTTP/1.1 200").endsWith("data: [DONE]\n\n");
            assertThat(all).containsIgnoringCase("connection: close").doesNotContain("chunked");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"CLOSE_DELIMITED", "CLOSES"})
    void an_answer_that_ends_with_its_connection_is_whole(Manner manner) throws Exception {
        gateway.provider()
                .enqueue(Behaviour.reply().in(manner), Behaviour.reply().in(manner));
        try (RawCaller caller = caller()) {
            assertThat(caller.post(CHAT, PLAIN).answer().text()).endsWith("}");
            assertThat(caller.post(CHAT, STREAMED).answer().text()).endsWith("data: [DONE]\n\n");
        }
    }

    @Test
    void headers_that_speak_of_the_providers_connection_end_there() throws Exception {
        gateway.provider()
                .enqueue(Behaviour.reply()
                        .header("connection", "x-hop, keep-alive")
                        .header("x-hop", "1")
                        .header("keep-alive", "timeout=5")
                        .header("x-kept", "1"));
        try (RawCaller caller = caller()) {
            RawAnswer answer = caller.post(CHAT, PLAIN).answer();
            assertThat(answer.header("x-hop")).isNull();
            assertThat(answer.header("keep-alive")).isNull();
            assertThat(answer.header("connection")).isNull();
            assertThat(answer.header("x-kept")).isEqualTo("1");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/9 what\r\n\r\n",
                "\u0000\u0001\u0002",
                "HTTP/1.1 200 OK\r\ncontent-length: x\r\n\r\n",
                "HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n{}",
                "HTTP/1.1 101 Switching Protocols\r\nupgrade: h2c\r\nconnection: upgrade\r\n\r\n",
                "HTTP/1.1 200 OK\r\nx-a: \u0000\r\ncontent-length: 2\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n{}\r\n",
                "HTTP/1.1 100 Continue\r\n\r\n",
                "HTTP/1.1 20"
            })
    void what_is_no_answer_is_a_502(String garbage) throws Exception {
        gateway.provider().enqueue(Behaviour.reply().garbage(garbage.getBytes(StandardCharsets.ISO_8859_1)));
        try (RawCaller caller = caller()) {
            RawAnswer answer = caller.post(CHAT, PLAIN).answer();
            assertThat(answer.status()).as(answer.text()).isEqualTo(502);
            assertThat(answer.text()).contains("upstream_error");
        }
        assertThat(gateway.provider().requests().total())
                .as("times it was asked")
                .isEqualTo(1);
    }

    @Test
    void a_kept_connection_that_breaks_at_once_is_replaced_but_work_that_fails_is_not_begun_again() throws Exception {
        assertThat(gateway.post(CHAT, PLAIN).statusCode()).isEqualTo(200);
        gateway.provider().enqueue(Behaviour.reply().resetBeforeHead());
        assertThat(gateway.post(CHAT, PLAIN).statusCode()).isEqualTo(200);
        gateway.provider().reset();
        gateway.provider()
                .enqueue(Behaviour.reply().delay(Duration.ofMillis(1200)).resetBeforeHead());
        assertThat(gateway.post(CHAT, PLAIN).statusCode()).isEqualTo(502);
        assertThat(gateway.provider().requests().total()).isEqualTo(1);
    }

    @Test
    void an_interim_answer_is_not_the_answer() throws Exception {
        String whole = "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nlink: x\r\n\r\n"
                + "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}";
        gateway.provider().enqueue(Behaviour.reply().garbage(whole.getBytes(StandardCharsets.ISO_8859_1)));
        try (RawCaller caller = caller()) {
            RawAnswer answer = caller.post(CHAT, PLAIN).answer();
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.text()).isEqualTo("{}");
            assertThat(answer.header("link")).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {CHAT, MESSAGES})
    void a_stream_that_breaks_gets_an_error_event_of_its_own_or_is_seen_to_be_cut(String path) throws Exception {
        String body = path.equals(CHAT) ? ASKING : TO_CLAUDE.replace("\"messages\"", "\"stream\":true,\"messages\"");
        int cuts = 0;
        for (int bytes = 250; bytes < 700; bytes += 9) {
            gateway.provider().enqueue(Behaviour.reply().tokens(30).cut(Cut.afterBytes(Cut.Kind.RESET, bytes)));
            try (RawCaller caller = caller()) {
                String all = caller.post(path, body, "connection: close").readAll();
                String sent = all.replaceAll("\r\n[0-9a-f]+\r\n", "").replaceAll("(?s)^.*?\r\n\r\n", "");
                boolean error = sent.contains("upstream_failed") || sent.contains("\"api_error\"");
                assertThat(all.endsWith("0\r\n\r\n")).as(all).isEqualTo(error);
                assertThat(sent).as(all).doesNotContainPattern("[^\n](data|event): ");
                cuts += error ? 0 : 1;
            }
        }
        gateway.provider().enqueue(Behaviour.reply().tokens(30).resetAfterEvents(3));
        try (RawCaller caller = caller()) {
            assertThat(caller.post(path, body).answer().text()).containsAnyOf("upstream_failed", "api_error");
        }
        assertThat(cuts).isPositive();
    }

    @Test
    void an_array_that_breaks_between_elements_ends_in_an_error_of_its_own_and_one_within_is_seen_to_be_cut()
            throws Exception {
        String path = "/v1beta/models/gemini-2.5-flash:streamGenerateContent";
        int errors = 0;
        int cuts = 0;
        for (int bytes = 170; bytes < 560; bytes += 7) {
            gateway.provider().enqueue(Behaviour.reply().tokens(30).cut(Cut.afterBytes(Cut.Kind.RESET, bytes)));
            errors += brokenArray(path) ? 1 : 0;
            cuts++;
        }
        for (int events = 1; events < 4; events++) {
            gateway.provider().enqueue(Behaviour.reply().tokens(30).resetAfterEvents(events));
            assertThat(brokenArray(path)).as("after %d elements", events).isTrue();
        }
        assertThat(cuts - errors).as("times it broke within an element").isPositive();
    }

    /** Whether the array ended in an error; otherwise its connection was closed without the last chunk. */
    private static boolean brokenArray(String path) throws IOException {
        try (RawCaller caller = caller()) {
            String all = caller.post(path, TO_GEMINI, "connection: close").readAll();
            if (all.startsWith("HTTP/1.1 502")) {
                return false; // it broke before anything of it was there
            }
            if (!all.endsWith("\r\n0\r\n\r\n")) {
                assertThat(all).doesNotContain("UNAVAILABLE");
                return false;
            }
            String body = all.replaceAll("(?s)^.*?\r\n\r\n[0-9a-f]+\r\n", "")
                    .replaceAll("\r\n0\r\n\r\n$", "")
                    .replaceAll("\r\n[0-9a-f]+\r\n", "");
            byte[] within = ("{\"array\":" + body + "}").getBytes(StandardCharsets.UTF_8);
            assertThat(JsonTree.read(within)).as(body).isNotNull();
            assertThat(body).endsWith("}]").contains("\"status\":\"UNAVAILABLE\"");
            return true;
        }
    }

    @Test
    void a_compressed_stream_that_breaks_gets_no_text_glued_to_it() throws Exception {
        gateway.provider().enqueue(Behaviour.reply().tokens(300).in(Manner.GZIP).resetAfterEvents(20));
        try (RawCaller caller = caller()) {
            String all = caller.post(CHAT, ASKING).readAll();
            assertThat(all).startsWith("HTTP/1.1 200").containsIgnoringCase("content-encoding: gzip");
            assertThat(all).doesNotContain("upstream_error").doesNotEndWith("0\r\n\r\n");
        }
    }

    @Test
    void an_answer_shorter_than_it_said_is_not_taken_for_whole() throws Exception {
        byte[] large = new byte[200_000];
        gateway.provider()
                .enqueue(Behaviour.reply()
                        .body("application/octet-stream", large)
                        .contentLength(300_000));
        try (RawCaller caller = caller()) {
            caller.say("GET /openai/v1/files/f/content HTTP/1.1\r\nhost: x\r\n\r\n");
            String all = caller.readAll();
            assertThat(all).contains("content-length: 300000");
            assertThat(all.length()).isLessThan(300_000);
        }
    }
}
