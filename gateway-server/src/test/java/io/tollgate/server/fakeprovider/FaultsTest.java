package io.tollgate.server.fakeprovider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.server.fakeprovider.answer.UsageMode;
import io.tollgate.server.fakeprovider.behaviour.Behaviour;
import io.tollgate.server.fakeprovider.behaviour.Cut;
import io.tollgate.server.fakeprovider.behaviour.Manner;
import io.tollgate.server.fakeprovider.behaviour.StepStream;
import io.tollgate.server.fakeprovider.traffic.Ending;
import io.tollgate.server.fakeprovider.traffic.ReceivedRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class FaultsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String CHAT = "/v1/chat/completions";
    private static final String PLAIN =
            "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"Tell me about tides\"}]}";
    private static final String STREAM = PLAIN.replace("}]}", "}],\"stream\":true}");
    private FakeProvider provider;
    private ProviderClient client;

    @BeforeEach
    void start() {
        provider = FakeProvider.start();
        client = new ProviderClient(provider);
    }

    @AfterEach
    void stop() {
        provider.close();
    }

    @Test
    void queued_behaviours_come_first_then_rules_then_the_ordinary_answer() {
        provider.script(request -> "gpt-4o".equals(request.model()), Behaviour.status(503));
        provider.enqueue(Behaviour.status(429).retryAfter("7"), Behaviour.status(429));

        HttpResponse<byte[]> first = client.post(CHAT, PLAIN);
        assertThat(first.statusCode()).isEqualTo(429);
        assertThat(first.headers().firstValue("retry-after")).contains("7");
        assertThat(client.post(CHAT, PLAIN).headers().firstValue("retry-after")).isEmpty();
        assertThat(client.post(CHAT, PLAIN).statusCode()).isEqualTo(503);
        assertThat(client.post(CHAT, PLAIN.replace("gpt-4o", "gpt-4.1")).statusCode())
                .isEqualTo(200);
    }

    @Test
    void an_error_status_speaks_the_dialect_that_was_asked() {
        provider.script(request -> true, Behaviour.status(529));

        assertThat(ProviderClient.text(client.post("/v1/messages", "{}"))).contains("\"overloaded_error\"");
        assertThat(ProviderClient.text(client.post(CHAT, PLAIN))).contains("\"server_error\"");
        assertThat(ProviderClient.text(client.post("/v1beta/models/gemini-2.5-pro:generateContent", "{}")))
                .contains("\"code\":529");
    }

    @Test
    void requests_are_recorded_with_headers_body_connection_and_end() {
        client.post(CHAT + "?a=b%20c", PLAIN, "X-Some", "value");
        client.post(CHAT, PLAIN);
        ReceivedRequest first = provider.requests().all().getFirst();
        ReceivedRequest second = provider.requests().awaitTotal(2, PATIENCE);

        assertThat(first.method()).isEqualTo("POST");
        assertThat(first.path()).isEqualTo(CHAT);
        assertThat(first.query("a")).isEqualTo("b c");
        assertThat(first.header("x-some")).isEqualTo("value");
        assertThat(first.bodyText()).isEqualTo(PLAIN);
        assertThat(second.connection()).isEqualTo(first.connection());
        assertThat(second.awaitEnding(PATIENCE).kind()).isEqualTo(Ending.Kind.SENT);
    }

    @Test
    void a_late_head_and_a_late_first_byte_are_late() throws Exception {
        provider.enqueue(Behaviour.reply().delay(Duration.ofMillis(150)).firstByteDelay(Duration.ofMillis(150)));
        long start = System.nanoTime();
        try (RawClient raw = new RawClient(provider).post(CHAT, STREAM)) {
            raw.readUntil("\r\n\r\n");
            long head = System.nanoTime();
            raw.readUntil("data: ");
            long firstByte = System.nanoTime();

            assertThat(Duration.ofNanos(head - start)).isGreaterThan(Duration.ofMillis(149));
            assertThat(Duration.ofNanos(firstByte - start)).isGreaterThan(Duration.ofMillis(299));
        }
    }

    @Test
    void events_keep_their_pace() {
        provider.enqueue(Behaviour.reply().tokens(10).pace(Duration.ofMillis(20)));
        long start = System.nanoTime();
        HttpResponse<byte[]> response = client.post(CHAT, STREAM);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(220));
        assertThat(ProviderClient.events(response)).hasSize(12);
    }

    @Test
    void a_reset_before_the_head_sends_no_byte() throws Exception {
        provider.enqueue(Behaviour.reply().resetBeforeHead());
        try (RawClient raw = new RawClient(provider).post(CHAT, PLAIN)) {
            assertThat(raw.rest()).isEqualTo(new RawClient.Rest("", true));
        }
        assertThat(provider.requests().last().awaitEnding(PATIENCE).kind()).isEqualTo(Ending.Kind.CUT);
    }

    @Test
    void a_reset_after_the_head_sends_the_head_alone() throws Exception {
        provider.enqueue(Behaviour.reply().resetAfterHead());
        try (RawClient raw = new RawClient(provider).post(CHAT, STREAM)) {
            RawClient.Rest rest = raw.rest();

            assertThat(rest.reset()).isTrue();
            assertThat(rest.text()).startsWith("HTTP/1.1 200 OK\r\n").endsWith("\r\n\r\n");
        }
    }

    @Test
    void half_a_stream_is_sent_before_a_reset_or_a_close() throws Exception {
        provider.enqueue(
                Behaviour.reply().resetAfterEvents(3), Behaviour.reply().closeAfterEvents(3));
        for (boolean reset : new boolean[] {true, false}) {
            try (RawClient raw = new RawClient(provider).post(CHAT, STREAM)) {
                RawClient.Rest rest = raw.rest();

                assertThat(rest.reset()).isEqualTo(reset);
                assertThat(rest.text().split("data: ")).hasSize(4);
                assertThat(rest.text()).doesNotContain("\r\n0\r\n");
            }
        }
        assertThat(provider.requests().last().awaitEnding(PATIENCE).events()).isEqualTo(3);
    }

    @Test
    void a_cut_in_bytes_is_exact() throws Exception {
        provider.enqueue(Behaviour.reply().in(Manner.CLOSE_DELIMITED).cut(Cut.afterBytes(Cut.Kind.CLOSE, 100)));
        try (RawClient raw = new RawClient(provider).post(CHAT, STREAM)) {
            String text = raw.rest().text();

            assertThat(text.substring(text.indexOf("\r\n\r\n") + 4)).hasSize(100);
        }
    }

    @Test
    void a_stream_can_end_early_as_if_whole_or_with_the_dialects_error_event() {
        provider.enqueue(
                Behaviour.reply().cut(Cut.afterEvents(Cut.Kind.END, 4)),
                Behaviour.reply().cut(Cut.afterEvents(Cut.Kind.ERROR_EVENT, 4)));

        assertThat(ProviderClient.events(client.post(CHAT, STREAM))).hasSize(4);
        assertThat(ProviderClient.events(client.post(CHAT, STREAM))
                        .getLast()
                        .object("error")
                        .string("type"))
                .isEqualTo("server_error");
    }

    @Test
    void silence_keeps_the_connection_open_until_the_peer_leaves() throws Exception {
        provider.enqueue(Behaviour.reply().cut(Cut.afterEvents(Cut.Kind.SILENCE, 2)));
        try (RawClient raw = new RawClient(provider).post(CHAT, STREAM)) {
            raw.readUntil("data: ");
            assertThat(provider.requests().last().ending()).isNotDone();
        }
        assertThat(provider.requests().last().awaitEnding(PATIENCE).kind()).isEqualTo(Ending.Kind.PEER_CLOSED);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 64, 1000})
    void splitting_changes_the_chunks_and_not_the_bytes(int size) throws Exception {
        provider.enqueue(
                Behaviour.reply().tokens(5), Behaviour.reply().tokens(5).splitEvery(size));
        String whole = withoutIds(ProviderClient.text(client.post(CHAT, STREAM)));

        assertThat(withoutIds(ProviderClient.text(client.post(CHAT, STREAM)))).isEqualTo(whole);
        provider.enqueue(Behaviour.reply().tokens(5).splitEvery(size).in(Manner.CLOSES));
        try (RawClient raw = new RawClient(provider).post(CHAT, STREAM)) {
            raw.readUntil("\r\n\r\n");
            String chunked = raw.rest().text();
            assertThat(Integer.parseInt(chunked.substring(0, chunked.indexOf("\r\n")), 16))
                    .isLessThanOrEqualTo(size);
        }
    }

    @Test
    void usage_can_be_kept_back_or_told_as_zero_in_every_dialect() {
        String anthropic = "{\"model\":\"c\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}";
        String gemini = "{\"contents\":[{\"parts\":[{\"text\":\"x\"}]}]}";
        String withUsage = STREAM.replace("}]", "}],\"stream_options\":{\"include_usage\":true}");
        provider.script(r -> true, Behaviour.reply().usage(UsageMode.NEVER));

        assertThat(ProviderClient.text(client.post(CHAT, PLAIN))).doesNotContain("\"usage\"");
        assertThat(ProviderClient.text(client.post(CHAT, withUsage))).doesNotContain("\"prompt_tokens\"");
        assertThat(ProviderClient.text(client.post("/v1/messages", anthropic))).doesNotContain("\"usage\"");
        assertThat(ProviderClient.text(client.post("/v1beta/models/g:generateContent", gemini)))
                .doesNotContain("usageMetadata");

        provider.reset();
        provider.script(r -> true, Behaviour.reply().usage(UsageMode.ZERO));
        assertThat(ProviderClient.text(client.post(CHAT, PLAIN))).contains("\"completion_tokens\":0");
        assertThat(ProviderClient.text(client.post(CHAT, withUsage))).contains("\"total_tokens\":0");
        assertThat(ProviderClient.text(client.post("/v1/messages", anthropic))).contains("\"output_tokens\":0");
        assertThat(ProviderClient.text(client.post("/v1beta/models/g:generateContent", gemini)))
                .contains("\"totalTokenCount\":0");
    }

    @Test
    void gzip_is_one_gzip_stream_flushed_with_every_event() throws Exception {
        provider.enqueue(Behaviour.reply().in(Manner.GZIP), Behaviour.reply().in(Manner.GZIP));
        HttpResponse<byte[]> plain = client.post(CHAT, PLAIN);
        HttpResponse<byte[]> stream = client.post(CHAT, STREAM);

        assertThat(plain.headers().firstValue("content-encoding")).contains("gzip");
        assertThat(inflated(plain)).contains("\"chat.completion\"");
        assertThat(inflated(stream)).endsWith("data: [DONE]\n\n");
    }

    @Test
    void events_can_have_crlf_and_comments_between_them() {
        provider.enqueue(Behaviour.reply().tokens(4).in(Manner.CRLF).commentEvery(2));
        String text = ProviderClient.text(client.post(CHAT, STREAM));

        assertThat(text).startsWith(": keep-alive\r\n\r\ndata: ").endsWith("data: [DONE]\r\n\r\n");
        assertThat(text.split(": keep-alive")).hasSize(5);
        assertThat(text.replace("\r\n", "")).doesNotContain("\n");
    }

    @Test
    void garbage_is_sent_raw_and_the_connection_closed() throws Exception {
        provider.enqueue(Behaviour.reply().garbage("\u0000\u0001not http".getBytes(StandardCharsets.UTF_8)));
        try (RawClient raw = new RawClient(provider).post(CHAT, PLAIN)) {
            assertThat(raw.rest()).isEqualTo(new RawClient.Rest("\u0000\u0001not http", false));
        }
    }

    @Test
    void a_length_that_is_too_long_ends_with_the_connection_and_one_too_short_leaves_bytes_over() throws Exception {
        provider.enqueue(
                Behaviour.reply().body("text/plain", "0123456789").contentLength(20),
                Behaviour.reply().body("text/plain", "0123456789").contentLength(4));
        try (RawClient raw = new RawClient(provider).post(CHAT, PLAIN)) {
            assertThat(raw.rest().text()).contains("content-length: 20\r\n").endsWith("\r\n\r\n0123456789");
        }
        try (RawClient raw = new RawClient(provider).post(CHAT, PLAIN)) {
            assertThat(raw.readUntil("0123456789")).contains("content-length: 4\r\n");
        }
    }

    @Test
    void an_endless_head_and_an_endless_stream_go_on_until_the_client_leaves() throws Exception {
        provider.enqueue(
                Behaviour.reply().in(Manner.ENDLESS_HEAD), Behaviour.reply().in(Manner.ENDLESS_BODY));
        try (RawClient raw = new RawClient(provider).post(CHAT, PLAIN)) {
            for (int i = 0; i < 500; i++) {
                raw.readUntil("x-filler: ");
            }
        }
        try (RawClient raw = new RawClient(provider).post(CHAT, STREAM)) {
            for (int i = 0; i < 2_000; i++) {
                raw.readUntil("data: ");
            }
        }
        assertThat(provider.requests().last().awaitEnding(PATIENCE).kind()).isEqualTo(Ending.Kind.PEER_CLOSED);
    }

    @Test
    void a_client_that_does_not_read_stops_the_provider_and_one_that_reads_lets_it_go_on() throws Exception {
        provider.enqueue(Behaviour.reply().in(Manner.ENDLESS_BODY));
        try (RawClient raw = new RawClient(provider).post(CHAT, STREAM)) {
            long[] last = {-1};
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(100)).until(() -> {
                long before = last[0];
                last[0] = provider.bytesWritten();
                return last[0] > 0 && last[0] == before;
            });
            long stopped = provider.bytesWritten();
            while (provider.bytesWritten() < stopped + 1_000_000) {
                raw.readUntil("data: ");
            }
        }
    }

    @Test
    void an_answer_can_come_before_the_body_was_sent() throws Exception {
        provider.enqueue(Behaviour.status(401).in(Manner.BEFORE_BODY));
        try (RawClient raw = new RawClient(provider)) {
            raw.send("POST " + CHAT + " HTTP/1.1\r\nhost: x\r\ncontent-length: " + PLAIN.length() + "\r\n\r\n{");

            assertThat(raw.readUntil("}}")).startsWith("HTTP/1.1 401 ");
            raw.send(PLAIN.substring(1));
            assertThat(raw.post(CHAT, PLAIN).readUntil("\r\n")).contains("HTTP/1.1 200 OK");
        }
        assertThat(provider.requests().all().getFirst().bodyText()).isEqualTo(PLAIN);
    }

    @Test
    void each_event_can_be_held_back_until_the_one_before_it_was_received() throws Exception {
        StepStream steps = provider.stepNext();
        try (RawClient raw = new RawClient(provider).post(CHAT, STREAM)) {
            steps.head();
            raw.readUntil("\r\n\r\n");
            List<byte[]> events = steps.events();
            for (byte[] event : events) {
                steps.send(event);
                assertThat(raw.readUntil("\n\n")).contains(new String(event, StandardCharsets.UTF_8));
            }
            steps.finish();
            assertThat(events).hasSizeGreaterThan(10);
            raw.readUntil("0\r\n\r\n");
        }
        assertThat(steps.request().awaitEnding(PATIENCE).kind()).isEqualTo(Ending.Kind.SENT);
    }

    @Test
    void a_stream_under_control_can_be_reset_and_notices_that_its_client_left() throws Exception {
        StepStream reset = provider.stepNext();
        StepStream left = provider.stepNext();
        try (RawClient raw = new RawClient(provider).post(CHAT, STREAM)) {
            reset.send("data: {}\n\n");
            reset.reset();
            RawClient.Rest rest = raw.rest();
            assertThat(rest.reset()).isTrue();
            assertThat(rest.text()).contains("data: {}");
        }
        try (RawClient raw = new RawClient(provider).post(CHAT, STREAM)) {
            left.send("data: {}\n\n");
            raw.readUntil("{}");
            raw.reset();
        }
        assertThat(left.request().awaitEnding(PATIENCE).kind()).isEqualTo(Ending.Kind.PEER_CLOSED);
    }

    @Test
    void pipelined_requests_are_answered_in_order() throws Exception {
        provider.enqueue(
                Behaviour.reply().delay(Duration.ofMillis(50)).text("first"),
                Behaviour.reply().text("second"));
        try (RawClient raw = new RawClient(provider).post(CHAT, PLAIN).post(CHAT, PLAIN)) {
            assertThat(raw.readUntil("second")).contains("\"first\"");
        }
    }

    @Test
    void a_request_that_never_ends_is_recorded_as_torn() throws Exception {
        try (RawClient raw = new RawClient(provider)) {
            raw.send("POST " + CHAT + " HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n{");
            await().atMost(PATIENCE).until(() -> provider.openConnections() == 1);
        }
        ReceivedRequest torn = provider.requests().awaitTotal(1, PATIENCE);

        assertThat(torn.complete()).isFalse();
        assertThat(torn.awaitEnding(PATIENCE).kind()).isEqualTo(Ending.Kind.PEER_CLOSED);
    }

    @Test
    void a_huge_answer_comes_whole_and_is_counted_as_long_as_it_is() {
        provider.enqueue(Behaviour.reply().tokens(500_000));
        HttpResponse<byte[]> response = client.post(CHAT, PLAIN);

        assertThat(response.body().length).isGreaterThan(2_000_000);
        assertThat(ProviderClient.json(response).object("usage").number("completion_tokens", -1))
                .isEqualTo(500_000);
    }

    @Test
    void a_strict_provider_asks_for_a_credential_in_the_dialect() throws Exception {
        try (FakeProvider strict =
                FakeProvider.start(FakeProviderOptions.standard().askingCredential())) {
            ProviderClient stranger = new ProviderClient(strict);

            assertThat(stranger.post(CHAT, PLAIN).statusCode()).isEqualTo(401);
            assertThat(ProviderClient.text(stranger.post("/v1/messages", "{}"))).contains("authentication_error");
            assertThat(stranger.post(CHAT, PLAIN, "authorization", "Bearer sk-1")
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void a_provider_that_caches_prompts_tells_the_cached_part() throws Exception {
        try (FakeProvider caching =
                FakeProvider.start(FakeProviderOptions.standard().cachingPrompts())) {
            ProviderClient again = new ProviderClient(caching);
            String body = PLAIN.replace("tides", "tides. " + "All the rules of the house apply. ".repeat(400));

            assertThat(cached(again.post(CHAT, body))).isZero();
            assertThat(cached(again.post(CHAT, body)))
                    .isGreaterThan(1024)
                    .satisfies(tokens -> assertThat(tokens % 128).isZero());
        }
    }

    @Test
    void canned_answers_tell_streams_from_plain_answers() throws Exception {
        try (FakeProvider fast = FakeProvider.start(FakeProviderOptions.fast())) {
            ProviderClient loader = new ProviderClient(fast);

            assertThat(ProviderClient.text(loader.post(CHAT, PLAIN))).contains("\"chat.completion\"");
            assertThat(ProviderClient.text(loader.post(CHAT, STREAM))).endsWith("data: [DONE]\n\n");
            assertThat(ProviderClient.text(loader.post(CHAT, PLAIN)))
                    .isEqualTo(ProviderClient.text(loader.post(CHAT, PLAIN)));
            assertThat(fast.requests().total()).isEqualTo(4);
            assertThat(fast.requests().all()).isEmpty();
        }
    }

    private static long cached(HttpResponse<byte[]> response) {
        return ProviderClient.json(response)
                .object("usage")
                .object("prompt_tokens_details")
                .number("cached_tokens", -1);
    }

    private static String inflated(HttpResponse<byte[]> response) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(response.body()))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String withoutIds(String text) {
        return text.replaceAll("chatcmpl-\\w+", "id")
                .replaceAll("\"created\":\\d+", "")
                .replaceAll("\"obfuscation\":\"\\w*\"", "");
    }
}
