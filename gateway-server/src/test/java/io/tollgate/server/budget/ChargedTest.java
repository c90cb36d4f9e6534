package io.tollgate.server.budget;

import static io.tollgate.server.gateway.TestGateway.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.budget.usagelog.UsageRow;
import io.tollgate.core.exchange.End;
import io.tollgate.core.usage.Dollars;
import io.tollgate.core.usage.UsageSource;
import io.tollgate.server.fakeprovider.answer.UsageMode;
import io.tollgate.server.fakeprovider.behaviour.Behaviour;
import io.tollgate.server.fakeprovider.behaviour.StepStream;
import io.tollgate.server.gateway.RawCaller;
import io.tollgate.server.gateway.TestGateway;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a call is charged however it ends: the table of docs/charged.md, row by row. Row and budget always agree. */
class ChargedTest {
    private static final String CHAT = "/v1/chat/completions";
    private static final String PLAIN =
            "{\"model\":\"m\",\"max_tokens\":400,\"messages\":[{\"role\":\"user\",\"content\":\"Hello there\"}]}";
    private static final String STREAMED = PLAIN.replace("\"max_tokens\"", "\"stream\":true,\"max_tokens\"");
    private static final String CHUNK =
            "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"model\":\"m\",\"choices\":[{\"index\":0,"
                    + "\"delta\":{\"content\":\"" + "word ".repeat(40) + "\"}}]}\n\n";
    /** 3 tokens of text, 4 around the message. */
    private static final long INPUT = 7;
    /** 200 bytes of text. */
    private static final long CHUNK_OUTPUT = 50;

    private static TestGateway gateway;
    private static long spentNanos;
    private static long spentTokens;

    @BeforeAll
    static void start() {
        gateway = TestGateway.start("""
                providers:
                  openai: {dialect: openai, base_url: PROVIDER, timeouts: {connect: 2s, first_byte: 700ms, between_bytes: 700ms}}
                  patient: {dialect: openai, base_url: PROVIDER}
                  nowhere: {dialect: openai, base_url: "http://127.0.0.1:1"}
                models:
                  m: {provider: openai, price: {input: 2, output: 8}}
                budgets:
                  - {name: b, match: {}, period: total, limit: {usd: 100, tokens: 1M}, steps: [{at: 100%, do: block}]}
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

    /** The row of the latest call; the budget has spent as much more as it says, and holds nothing. */
    private UsageRow charged(int rows) throws Exception {
        UsageRow row = gateway.rows(rows).getLast();
        spentNanos += row.metered().cost().nanos();
        spentTokens += row.metered().report().usage().total();
        String expected = "\"spent\":{\"usd\":" + Dollars.format(spentNanos) + ",\"tokens\":" + spentTokens
                + "},\"held\":{\"usd\":0,\"tokens\":0}";
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(gateway.get(gateway.server().adminUrl() + "/api/v1/budgets/b")
                                .body())
                        .contains(expected));
        return row;
    }

    private static int rowsSoFar() {
        return gateway.rows(0).size();
    }

    private static void assertUsage(UsageRow row, End end, UsageSource source, long input, long output) {
        assertThat(row.end()).isEqualTo(end);
        assertThat(row.metered().report().source()).isEqualTo(source);
        assertThat(List.of(
                        row.metered().report().usage().prompt(),
                        row.metered().report().usage().output()))
                .containsExactly(input, output);
        assertThat(row.metered().cost().nanos()).isEqualTo(input * 2_000 + output * 8_000);
    }

    @Test
    void the_provider_tells_the_usage() throws Exception {
        int before = rowsSoFar();
        gateway.provider().enqueue(Behaviour.reply().tokens(30));
        gateway.post(CHAT, PLAIN);
        UsageRow row = charged(before + 1);
        assertThat(row.metered().report().source()).isEqualTo(UsageSource.PROVIDER);
        assertThat(row.metered().report().usage().output()).isEqualTo(30);
    }

    @Test
    void the_provider_never_tells_a_usage() throws Exception {
        int before = rowsSoFar();
        gateway.provider().enqueue(Behaviour.reply().text("word ".repeat(40)).usage(UsageMode.NEVER));
        gateway.post(CHAT, STREAMED);
        assertUsage(charged(before + 1), End.COMPLETE, UsageSource.ESTIMATED, INPUT, CHUNK_OUTPUT);
    }

    @Test
    void the_provider_tells_a_usage_of_zero() throws Exception {
        int before = rowsSoFar();
        gateway.provider().enqueue(Behaviour.reply().tokens(30).usage(UsageMode.ZERO));
        gateway.post(CHAT, STREAMED);
        assertUsage(charged(before + 1), End.COMPLETE, UsageSource.PROVIDER, 0, 0);
    }

    @Test
    void the_caller_leaves_before_the_answer_begins() throws Exception {
        int before = rowsSoFar();
        gateway.provider().enqueue(Behaviour.reply().delay(Duration.ofSeconds(60)));
        long seen = gateway.provider().requests().total();
        RawCaller caller = new RawCaller(gateway.port());
        caller.post("/patient" + CHAT, PLAIN);
        gateway.provider().requests().awaitTotal(seen + 1, SOON);
        caller.reset();
        UsageRow row = charged(before + 1);
        assertThat(row.end()).isEqualTo(End.CLIENT_GONE);
        assertThat(row.metered().report().usage().prompt()).isEqualTo(INPUT);
        assertThat(row.metered().report().usage().output()).isZero();
    }

    @Test
    void the_caller_leaves_after_any_number_of_events() throws Exception {
        for (int events = 0; events < 4; events++) {
            int before = rowsSoFar();
            StepStream steps = gateway.provider().stepNext();
            RawCaller caller = new RawCaller(gateway.port());
            caller.post("/openai" + CHAT, STREAMED);
            steps.head();
            caller.readTo("\r\n\r\n");
            for (int i = 0; i < events; i++) {
                steps.send(CHUNK);
                caller.readTo("word \"}}]}\n\n");
            }
            caller.reset();
            assertUsage(charged(before + 1), End.CLIENT_GONE, UsageSource.PARTIAL, INPUT, events * CHUNK_OUTPUT);
        }
    }

    @Test
    void the_provider_breaks_off_mid_stream() throws Exception {
        int before = rowsSoFar();
        StepStream steps = gateway.provider().stepNext();
        try (RawCaller caller = new RawCaller(gateway.port())) {
            caller.post("/openai" + CHAT, STREAMED);
            steps.head();
            steps.send(CHUNK);
            caller.readTo("word \"}}]}\n\n");
            steps.reset();
            caller.readTo("[DONE]");
        }
        assertUsage(charged(before + 1), End.UPSTREAM_FAILED, UsageSource.PARTIAL, INPUT, CHUNK_OUTPUT);
    }

    @Test
    void the_provider_falls_silent_mid_stream() throws Exception {
        int before = rowsSoFar();
        StepStream steps = gateway.provider().stepNext();
        try (RawCaller caller = new RawCaller(gateway.port())) {
            caller.post("/openai" + CHAT, STREAMED);
            steps.head();
            steps.send(CHUNK);
            caller.readTo("[DONE]");
        }
        assertUsage(charged(before + 1), End.TIMED_OUT, UsageSource.PARTIAL, INPUT, CHUNK_OUTPUT);
    }

    @Test
    void the_provider_does_not_begin_to_answer_in_time() throws Exception {
        int before = rowsSoFar();
        gateway.provider().enqueue(Behaviour.reply().delay(Duration.ofSeconds(60)));
        assertThat(gateway.post("/openai" + CHAT, PLAIN).statusCode()).isEqualTo(504);
        assertUsage(charged(before + 1), End.TIMED_OUT, UsageSource.PARTIAL, INPUT, 0);
    }

    @Test
    void the_provider_answers_an_error() throws Exception {
        for (int status : new int[] {400, 429, 500, 529}) {
            int before = rowsSoFar();
            gateway.provider().enqueue(Behaviour.status(status));
            assertThat(gateway.post("/openai" + CHAT, STREAMED).statusCode()).isEqualTo(status);
            assertUsage(charged(before + 1), End.COMPLETE, UsageSource.NONE, 0, 0);
        }
    }

    @Test
    void the_provider_breaks_off_before_it_answers() throws Exception {
        int before = rowsSoFar();
        gateway.provider()
                .enqueue(Behaviour.reply().resetBeforeHead(), Behaviour.reply().resetBeforeHead());
        assertThat(gateway.post("/openai" + CHAT, PLAIN).statusCode()).isEqualTo(502);
        assertUsage(charged(before + 1), End.UPSTREAM_FAILED, UsageSource.NONE, 0, 0);
    }

    @Test
    void the_provider_cannot_be_reached() throws Exception {
        int before = rowsSoFar();
        assertThat(gateway.post("/nowhere" + CHAT, PLAIN).statusCode()).isEqualTo(502);
        UsageRow row = charged(before + 1);
        assertThat(row.metered().report().usage().total()).isZero();
        assertThat(row.metered().cost().nanos()).isZero();
    }

    @Test
    void tokens_are_only_counted() throws Exception {
        int before = rowsSoFar();
        gateway.post("/v1/messages/count_tokens", PLAIN);
        UsageRow row = charged(before + 1);
        assertThat(row.metered().report().usage().total()).isZero();
    }
}
