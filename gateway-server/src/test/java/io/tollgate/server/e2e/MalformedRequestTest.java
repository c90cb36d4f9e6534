package io.tollgate.server.e2e;

import static io.tollgate.server.e2e.Calls.CHAT;
import static io.tollgate.server.e2e.Calls.GENERATE;
import static io.tollgate.server.e2e.Calls.MESSAGES;
import static io.tollgate.server.e2e.Calls.PLAIN;
import static io.tollgate.server.e2e.Calls.TO_CLAUDE;
import static io.tollgate.server.e2e.Calls.TO_GEMINI;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.server.fakeprovider.FakeProvider;
import io.tollgate.server.front.Patience;
import io.tollgate.server.gateway.RawAnswer;
import io.tollgate.server.gateway.RawCaller;
import io.tollgate.server.gateway.TestGateway;
import io.tollgate.server.serve.Wiring;
import java.io.IOException;
import java.net.http.HttpResponse;
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

/** What no caller should send gets a clear answer in its dialect; the gateway goes on, and holds nothing back. */
@Timeout(60)
@ExtendWith(NoLeaks.class)
class MalformedRequestTest {
    private static final Patience SHORT = new Patience(
            Duration.ofMillis(1500), Duration.ofMillis(400), Duration.ofMillis(1200), Duration.ofSeconds(2));
    private static final String LENGTH = "content-length: " + PLAIN.length() + "\r\n";
    private static final String HEAD = "POST " + CHAT + " HTTP/1.1\r\nhost: x\r\n";

    private static TestGateway gateway;

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
        Calls.assertServing(gateway);
    }

    private static RawCaller caller() throws IOException {
        return new RawCaller(gateway.port());
    }

    /** Says {@code request}, and behind it a sound one that must not be served; the only answer there is. */
    private static RawAnswer refusal(String request) throws IOException {
        long seen = gateway.provider().requests().total();
        try (RawCaller caller = caller()) {
            caller.say(request + HEAD + LENGTH + "\r\n" + PLAIN);
            RawAnswer answer = caller.answer();
            assertThat(caller.readAll())
                    .as("nothing is served on that connection any more")
                    .isEmpty();
            assertThat(gateway.provider().requests().total()).isEqualTo(seen);
            return answer;
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "null",
                "[]",
                "{}}",
                "{\"model\":\"m\",}",
                "{\"model\":\"m\"} x",
                "{\"model\":'m'}",
                "{\"model\":5,\"messages\":[]}",
                "{\"model\":\"m\",\"stream\":\"yes\",\"messages\":[]}",
                "{\"model\":\"m\",\"messages\":{}}",
                "{\"model\":\"m\",\"max_tokens\":1e999,\"messages\":[]}",
                "{\"model\":\"\u0001\",\"messages\":[]}",
                "{\"model\":\"m\",\"messages\":[],\"model\":\"n\"}"
            })
    void a_body_that_is_not_the_json_it_should_be_is_a_400_and_the_connection_goes_on(String body) throws Exception {
        try (RawCaller caller = caller()) {
            RawAnswer openAi = caller.post(CHAT, body).answer();
            assertThat(openAi.status()).as(openAi.text()).isEqualTo(400);
            assertThat(openAi.text()).startsWith("{\"error\":{").contains("\"type\":\"invalid_request_error\"");
            RawAnswer anthropic = caller.post(MESSAGES, body).answer();
            assertThat(anthropic.status()).as(anthropic.text()).isEqualTo(400);
            assertThat(anthropic.text()).startsWith("{\"type\":\"error\"").contains("invalid_request_error");
            assertThat(caller.post(CHAT, PLAIN).answer().status()).isEqualTo(200);
        }
        assertThat(gateway.provider().requests().total()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[]", "{\"contents\":5}", "{\"contents\":[],\"contents\":[]}", "\"x\""})
    void geminis_callers_are_told_in_their_own_words(String body) throws Exception {
        HttpResponse<String> response = gateway.post(GENERATE, body);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("\"status\":\"INVALID_ARGUMENT\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "content-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
                "transfer-encoding: chunked\r\ncontent-length: 0\r\n\r\n0\r\n\r\n",
                "content-length: 0\r\ncontent-length: 5\r\n\r\n",
                "content-length: 0, 5\r\n\r\n",
                "content-length: -1\r\n\r\n",
                "content-length: +5\r\n\r\n",
                "content-length: 0x5\r\n\r\n",
                "content-length: 5 5\r\n\r\n",
                "content-length: \r\n\r\n",
                "content-length: 99999999999999999999\r\n\r\n",
                "transfer-encoding: identity\r\n\r\n",
                "transfer-encoding: gzip\r\n\r\n",
                "transfer-encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
                "transfer-encoding: chunked, chunked\r\n\r\n0\r\n\r\n",
                "transfer-encoding: chunked\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
                "transfer-encoding: xchunked\r\n\r\n0\r\n\r\n",
                "transfer-encoding: \"chunked\"\r\n\r\n0\r\n\r\n",
                "transfer-encoding:\u000bchunked\r\n\r\n0\r\n\r\n",
                "transfer-encoding : chunked\r\n\r\n0\r\n\r\n",
                "content-length : 5\r\n\r\n",
                "x a: b\r\ncontent-length: 0\r\n\r\n",
                "x-a\r\ncontent-length: 0\r\n\r\n",
                ": b\r\ncontent-length: 0\r\n\r\n",
                "x-a: b\ncontent-length: 0\r\n\r\n",
                "x-a: b\rcontent-length: 0\r\n\r\n",
                "x-a: b\r\n\rcontent-length: 5\r\n\r\n",
                "x-a: \u0000\r\ncontent-length: 0\r\n\r\n",
                "x-a: b\u0001c\r\ncontent-length: 0\r\n\r\n",
                "x-a: b\u007fc\r\ncontent-length: 0\r\n\r\n",
                "x-a\u0001: b\r\ncontent-length: 0\r\n\r\n",
                "host: y\r\ncontent-length: 0\r\n\r\n",
                "expect: 100-continue\r\ncontent-length: 0\r\ncontent-length: 1\r\n\r\n"
            })
    void a_message_whose_end_can_be_read_in_two_ways_is_refused_and_what_follows_it_is_not_served(String rest)
            throws Exception {
        RawAnswer answer = refusal(HEAD + rest);
        assertThat(answer.status()).as(answer.text()).isIn(400, 413);
        assertThat(answer.header("connection")).isEqualTo("close");
        assertThat(answer.text()).contains("\"type\":\"invalid_request_error\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CONNECT api.example:443 HTTP/1.1\r\nhost: api.example:443\r\n\r\n",
                "TRACE / HTTP/1.1\r\nhost: x\r\n\r\n",
                "POST " + CHAT + " HTTP/1.1\r\ncontent-length: 0\r\n\r\n",
                "POST " + CHAT + " HTTP/1.0\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
                "POST " + CHAT + " HTTP/2.0\r\nhost: x\r\ncontent-length: 0\r\n\r\n",
                "POST " + CHAT + " HTTP/1.2\r\nhost: x\r\ncontent-length: 0\r\n\r\n",
                "POST " + CHAT + " HTTP/9.9\r\nhost: x\r\ncontent-length: 0\r\n\r\n",
                "POST " + CHAT + "\r\n\r\n",
                "GET /v1/\u0001 HTTP/1.1\r\nhost: x\r\n\r\n",
                "GET /openai/v1/files?a=\u0001b HTTP/1.1\r\nhost: x\r\n\r\n",
                "GET /openai/v1/files?a=\u00e9 HTTP/1.1\r\nhost: x\r\n\r\n",
                "PO ST / HTTP/1.1\r\nhost: x\r\n\r\n",
                "\u0000\u0001\u0002\u0003\r\n\r\n",
                "GET / HTTP/1.1\nhost: x\n\n",
                "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003\r\n\r\n"
            })
    void what_is_no_request_is_refused(String request) throws Exception {
        assertThat(refusal(request).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "zz\r\n{}\r\n0\r\n\r\n",
                "-1\r\n{}\r\n0\r\n\r\n",
                "0x2\r\n{}\r\n0\r\n\r\n",
                "\r\n{}\r\n0\r\n\r\n",
                " 2\r\n{}\r\n0\r\n\r\n",
                "ffffffffffffffff\r\n{}\r\n0\r\n\r\n",
                "100000000\r\n{}\r\n0\r\n\r\n",
                "2\n{}\r\n0\r\n\r\n",
                "2\r\n{}x\r\n0\r\n\r\n",
                "2;\u0001=x\n\r\n{}\r\n0\r\n\r\n"
            })
    void a_chunk_without_a_sound_size_is_refused(String chunks) throws Exception {
        RawAnswer answer = refusal(HEAD + "transfer-encoding: chunked\r\n\r\n" + chunks);
        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    }

    @Test
    void a_folded_header_is_one_header_and_no_other() throws Exception {
        try (RawCaller caller = caller()) {
            caller.say(HEAD + "x-a: b\r\n content-length: 5\r\n\ttransfer-encoding: chunked\r\n" + LENGTH + "\r\n"
                    + PLAIN);
            assertThat(caller.answer().status()).isEqualTo(200);
            assertThat(gateway.provider().requests().last().bodyText()).isEqualTo(PLAIN);
            assertThat(gateway.provider().requests().last().header("x-a"))
                    .isEqualTo("b content-length: 5 transfer-encoding: chunked");
        }
    }

    @Test
    void more_and_longer_headers_than_anyone_needs_are_refused() throws Exception {
        assertThat(refusal(HEAD + ("x-bomb: " + "b".repeat(1000) + "\r\n").repeat(80))
                        .text())
                .contains("the headers are larger than 65536 bytes");
        assertThat(refusal(HEAD + "x-bomb: " + "b".repeat(80_000) + "\r\n\r\n").text())
                .contains("the headers are larger than 65536 bytes");
        assertThat(refusal("POST " + CHAT + "?" + "a".repeat(20_000) + " HTTP/1.1\r\nhost: x\r\n\r\n")
                        .text())
                .contains("the request line is longer than 16384 bytes");
    }

    @Test
    void trailers_are_bounded_too() throws Exception {
        RawAnswer answer = refusal(HEAD + "transfer-encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n"
                + ("x-bomb: " + "b".repeat(1000) + "\r\n").repeat(80) + "\r\n");
        assertThat(answer.status()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/messages, request_too_large",
        "/anthropic/v1/messages, request_too_large",
        "/v1/chat/completions, request_too_large",
        "/v1beta/models/gemini-2.5-flash:generateContent, INVALID_ARGUMENT",
        "/gemini/v1beta/models/gemini-2.5-flash:generateContent, INVALID_ARGUMENT"
    })
    void an_announced_body_over_the_bound_is_a_413_in_the_callers_dialect_before_it_is_sent(String path, String word)
            throws Exception {
        try (RawCaller caller = caller()) {
            caller.say(
                    "POST " + path + " HTTP/1.1\r\nhost: x\r\nexpect: 100-continue\r\ncontent-length: 9999999\r\n\r\n");
            RawAnswer answer = caller.answer();
            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.text()).contains(word).contains("server.max_request, 1048576 bytes");
            assertThat(caller.readAll()).isEmpty();
        }
    }

    @Test
    void a_caller_that_sends_an_oversized_body_without_waiting_still_reads_the_413() throws Exception {
        for (int i = 0; i < 5; i++) {
            try (RawCaller caller = caller()) {
                caller.say(HEAD + "content-length: 8000000\r\n\r\n" + "x".repeat(8_000_000));
                assertThat(caller.answer().status()).isEqualTo(413);
            }
        }
    }

    @Test
    void a_body_that_never_ends_is_cut_off_at_the_bound() throws Exception {
        try (RawCaller caller = caller()) {
            caller.say(HEAD + "transfer-encoding: chunked\r\n\r\n");
            String chunk = "10000\r\n" + "x".repeat(0x10000) + "\r\n";
            for (int i = 0; i < 40; i++) {
                caller.say(chunk);
            }
            assertThat(caller.answer().status()).isEqualTo(413);
        }
    }

    @Test
    void a_caller_that_stops_within_its_body_is_told_so() throws Exception {
        try (RawCaller caller = caller()) {
            caller.say("POST " + MESSAGES + " HTTP/1.1\r\nhost: x\r\n" + LENGTH + "\r\n{");
            RawAnswer answer = caller.answer();
            assertThat(answer.status()).isEqualTo(408);
            assertThat(answer.text()).startsWith("{\"type\":\"error\"");
            assertThat(caller.readAll()).isEmpty();
        }
    }

    @Test
    void a_caller_that_drips_its_body_for_ever_is_told_so() throws Exception {
        try (RawCaller caller = caller()) {
            caller.say(HEAD + LENGTH + "\r\n");
            long started = System.nanoTime();
            RawAnswer answer = null;
            while (answer == null) {
                caller.say(" ");
                answer = caller.answerWithin(100);
            }
            assertThat(answer.status()).isEqualTo(408);
            assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(8));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {HEAD, "POST /v1/cha", "POST"})
    void a_caller_that_stops_within_its_head_is_told_so(String begun) throws Exception {
        try (RawCaller caller = caller()) {
            caller.say(begun);
            assertThat(caller.answer().status()).isEqualTo(408);
            assertThat(caller.readAll()).isEmpty();
        }
    }

    @Test
    void a_connection_on_which_nothing_is_ever_said_is_closed() throws Exception {
        try (RawCaller caller = caller()) {
            assertThat(caller.readAll()).isEmpty();
        }
    }

    @Test
    void pipelined_requests_are_answered_in_order() throws Exception {
        StringBuilder requests = new StringBuilder();
        for (int i = 0; i < 20; i++) {
            String body = PLAIN.replace("Hello there", "Number " + i);
            requests.append(
                    i % 3 == 1
                            ? "GET /health/liveness HTTP/1.1\r\nhost: x\r\n\r\n"
                            : i % 3 == 2
                                    ? HEAD + "content-length: 1\r\n\r\n{"
                                    : HEAD + "content-length: " + body.length() + "\r\n\r\n" + body);
        }
        try (RawCaller caller = caller()) {
            caller.say(requests.toString());
            for (int i = 0; i < 20; i++) {
                RawAnswer answer = caller.answer();
                assertThat(answer.status()).as("answer " + i).isEqualTo(i % 3 == 2 ? 400 : 200);
                if (i % 3 == 1) {
                    assertThat(answer.text()).isEqualTo("alive\n");
                }
            }
        }
        assertThat(gateway.provider().requests().all().stream()
                        .map(request -> request.bodyText().replaceAll(".*Number (\\d+).*", "$1")))
                .containsExactly("0", "3", "6", "9", "12", "15", "18");
    }

    @Test
    void a_request_behind_one_that_closes_the_connection_is_not_served() throws Exception {
        String closing = HEAD + "connection: close\r\n" + LENGTH + "\r\n" + PLAIN;
        try (RawCaller caller = caller()) {
            caller.say(closing + HEAD + LENGTH + "\r\n" + PLAIN);
            assertThat(caller.answer().status()).isEqualTo(200);
            assertThat(caller.readAll()).isEmpty();
        }
        assertThat(gateway.provider().requests().total()).isEqualTo(1);
        refusal(HEAD + "connection: close\r\ncontent-length: 1\r\n\r\n{");
    }

    @Test
    void an_offer_to_upgrade_is_ignored_politely() throws Exception {
        try (RawCaller caller = caller()) {
            RawAnswer answer = caller.post(
                            CHAT,
                            PLAIN,
                            "Connection: Upgrade, HTTP2-Settings",
                            "Upgrade: h2c",
                            "HTTP2-Settings: AAMAAABkAAQCAAAAAAIAAAAA")
                    .answer();
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("upgrade")).isNull();
            assertThat(gateway.provider().requests().last().headers())
                    .noneMatch(header -> header.getKey().matches("(?i)upgrade|http2-settings|connection"));
            assertThat(caller.post(CHAT, PLAIN).answer().status()).isEqualTo(200);
        }
    }

    @Test
    void a_caller_that_waits_to_be_asked_for_its_body_is_asked() throws Exception {
        try (RawCaller caller = caller()) {
            caller.say(HEAD + "expect: 100-continue\r\n" + LENGTH + "\r\n");
            assertThat(caller.answer().status()).isEqualTo(100);
            assertThat(caller.say(PLAIN).answer().status()).isEqualTo(200);
            assertThat(gateway.provider().requests().last().header("expect")).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\r\\nx-evil: 1", "\\u0000", "\\n", "\\u001b[31m", "\\u007f"})
    void a_model_with_control_characters_is_refused(String evil) throws Exception {
        for (String model : new String[] {"gpt-4o" + evil, evil}) {
            try (RawCaller caller = caller()) {
                for (String path : new String[] {CHAT, "/v1/responses", "/v1/embeddings", MESSAGES}) {
                    RawAnswer answer = caller.post(
                                    path,
                                    "{\"model\":\"" + model + "\",\"input\":\"x\",\"max_tokens\":1,\"messages\":[]}")
                            .answer();
                    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
                    assertThat(answer.text()).contains("model");
                    assertThat(answer.header("x-evil")).isNull();
                }
            }
        }
        assertThat(gateway.provider().requests().total()).isZero();
    }

    @Test
    void a_model_named_in_any_script_is_passed_on_and_told_in_ascii() throws Exception {
        try (RawCaller caller = caller()) {
            RawAnswer answer =
                    caller.post(CHAT, PLAIN.replace("gpt-4o-mini", "模型-é 7b%")).answer();
            assertThat(answer.status()).isEqualTo(200);
            assertThat(gateway.provider().requests().last().model()).isEqualTo("模型-é 7b%");
            assertThat(answer.header("x-tollgate-model")).isEqualTo("%E6%A8%A1%E5%9E%8B-%C3%A9 7b%25");
        }
    }

    @Test
    void a_model_longer_than_any_is_refused() throws Exception {
        HttpResponse<String> response = gateway.post(CHAT, PLAIN.replace("gpt-4o-mini", "m".repeat(100_000)));
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("512").hasSizeLessThan(1000);
    }

    @Test
    void tags_cannot_add_headers_or_lines() throws Exception {
        HttpResponse<String> response = gateway.post(
                CHAT,
                PLAIN,
                "x-portkey-metadata",
                "{\"team\":\"a\\r\\nx-evil: 1\",\"_user\":\"b\\u0000\"}",
                "x-tollgate-tags",
                "k=v\u00e9");
        assertThat(response.headers().firstValue("x-evil")).isEmpty();
        assertThat(response.statusCode()).isIn(200, 400);
        HttpResponse<String> tooMany = gateway.post(CHAT, PLAIN, "x-tollgate-tags", "k=" + "v".repeat(300));
        assertThat(tooMany.statusCode()).isEqualTo(400);
    }

    @Test
    void every_refusal_is_the_dialects_own_whatever_broke() throws Exception {
        String broken = " HTTP/1.1\r\nhost: x\r\nhost: y\r\ncontent-length: 0\r\n\r\n";
        assertThat(refusal("POST " + MESSAGES + broken).text()).startsWith("{\"type\":\"error\"");
        assertThat(refusal("POST " + GENERATE + broken).text()).contains("INVALID_ARGUMENT");
        assertThat(refusal("POST /anthropic/x" + broken).text()).startsWith("{\"type\":\"error\"");
        String bomb = " HTTP/1.1\r\nhost: x\r\nx-bomb: " + "b".repeat(80_000) + "\r\n\r\n";
        assertThat(refusal("POST " + MESSAGES + bomb).text()).startsWith("{\"type\":\"error\"");
        assertThat(refusal("POST " + GENERATE + bomb).text()).contains("INVALID_ARGUMENT");
    }

    @Test
    void a_sound_call_of_each_dialect_passes() throws Exception {
        assertThat(gateway.post(CHAT, PLAIN).statusCode()).isEqualTo(200);
        assertThat(gateway.post(MESSAGES, TO_CLAUDE).statusCode()).isEqualTo(200);
        assertThat(gateway.post(GENERATE, TO_GEMINI).statusCode()).isEqualTo(200);
        byte[] bytes = PLAIN.getBytes(StandardCharsets.UTF_8);
        try (RawCaller caller = caller()) {
            caller.say(HEAD + "transfer-encoding: chunked\r\n\r\n");
            for (byte b : bytes) {
                caller.say("1;x=y\r\n" + (char) b + "\r\n");
            }
            assertThat(caller.say("0\r\nx-trailer: t\r\n\r\n").answer().status())
                    .isEqualTo(200);
            assertThat(gateway.provider().requests().last().body()).isEqualTo(bytes);
        }
    }
}
