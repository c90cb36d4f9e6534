package io.tollgate.core.dialect.anthropic;

import static io.tollgate.core.dialect.AnswerPlayer.resource;
import static io.tollgate.core.dialect.AnswerPlayer.textOf;
import static io.tollgate.core.dialect.AnswerPlayer.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.core.dialect.AnswerPlayer;
import io.tollgate.core.dialect.Mutations;
import io.tollgate.core.dialect.Operation;
import io.tollgate.core.exchange.End;
import io.tollgate.core.usage.Usage;
import io.tollgate.core.usage.UsageReport;
import io.tollgate.core.usage.UsageReport.OtherModelUsage;
import io.tollgate.core.usage.UsageSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AnthropicUsageTest {
    private static final String SSE = "text/event-stream; charset=utf-8";
    private static final String JSON = "application/json";
    private static final AnthropicDialect DIALECT = new AnthropicDialect();
    private final AnswerPlayer player = new AnswerPlayer(DIALECT, Operation.GENERATE, textOf(360));

    @Test
    void the_last_delta_replaces_the_start_and_keeps_what_only_the_start_told() throws IOException {
        UsageReport report = player.everywhere(SSE, resource(getClass(), "thinking-and-tool.sse"), End.COMPLETE);
        assertThat(report)
                .isEqualTo(new UsageReport(
                        new Usage(1250, 40010, 1000, 2000, 88, 41, 0, 0, 0, 2),
                        UsageSource.PROVIDER,
                        "claude-sonnet-5-20260901",
                        "tool_use",
                        "standard",
                        -1,
                        List.of()));
    }

    @Test
    void advisors_and_compactions_are_reported_apart() throws IOException {
        UsageReport report = player.everywhere(SSE, resource(getClass(), "advisor-and-compaction.sse"), End.COMPLETE);
        assertThat(report.usage()).isEqualTo(Usage.of(500, 30));
        assertThat(report.others())
                .containsExactly(
                        new OtherModelUsage("claude-haiku-5-5", new Usage(9000, 100, 0, 0, 700, 0, 0, 0, 0, 0)),
                        new OtherModelUsage("claude-opus-5-5", new Usage(260, 0, 5, 7, 44, 0, 0, 0, 0, 0)));
    }

    @Test
    void a_whole_message_tells_its_usage_at_the_top() throws IOException {
        UsageReport report = player.everywhere(JSON, resource(getClass(), "message.json"), End.COMPLETE);
        assertThat(report)
                .isEqualTo(new UsageReport(
                        new Usage(21, 0, 0, 600, 34, 0, 0, 0, 0, 0),
                        UsageSource.PROVIDER,
                        "claude-opus-5-5",
                        "max_tokens",
                        "priority+us",
                        -1,
                        List.of()));
    }

    @Test
    void a_stream_broken_off_has_the_input_of_its_start_and_the_output_of_its_text() throws IOException {
        String whole = new String(resource(getClass(), "thinking-and-tool.sse"), StandardCharsets.UTF_8);
        byte[] head = utf8(whole.substring(0, whole.indexOf("event: message_delta")));
        int seen = utf8("Which café é is meant? 😀The \"usage\":{\"output_tokens\":9} is text.{\"city\": \"Köln\"}")
                .length;
        for (End end : List.of(End.CLIENT_GONE, End.UPSTREAM_FAILED, End.TIMED_OUT, End.COMPLETE)) {
            UsageReport report = player.everywhere(SSE, head, end);
            assertThat(report.source()).isEqualTo(UsageSource.PARTIAL);
            assertThat(report.usage())
                    .isEqualTo(new Usage(1200, 40000, 1000, 2000, Math.ceilDiv(seen * 10, 36), 0, 0, 0, 0, 0));
            assertThat(report.finish()).isNull();
        }
    }

    @Test
    void at_every_place_a_stream_breaks_off_the_counts_only_grow_until_the_provider_told_them() throws IOException {
        byte[] whole = resource(getClass(), "thinking-and-tool.sse");
        long before = 0;
        for (int length = 0; length <= whole.length; length++) {
            UsageReport report = player.once(200, SSE, Arrays.copyOf(whole, length), End.CLIENT_GONE);
            if (report.source() == UsageSource.PROVIDER) {
                assertThat(report.usage().output()).isEqualTo(88);
            } else {
                assertThat(report.source()).as("after %d bytes", length).isEqualTo(UsageSource.PARTIAL);
                assertThat(report.usage().output()).as("after %d bytes", length).isGreaterThanOrEqualTo(before);
            }
            before = report.usage().output();
        }
    }

    @Test
    void once_the_last_delta_is_here_it_does_not_matter_how_the_stream_ended() throws IOException {
        UsageReport report = player.everywhere(SSE, resource(getClass(), "thinking-and-tool.sse"), End.CLIENT_GONE);
        assertThat(report.source()).isEqualTo(UsageSource.PROVIDER);
    }

    @Test
    void the_last_event_counts_without_its_blank_line() throws IOException {
        String whole = new String(resource(getClass(), "thinking-and-tool.sse"), StandardCharsets.UTF_8);
        String cut = whole.substring(0, whole.indexOf("\n\nevent: message_stop"));
        assertThat(player.everywhere(SSE, utf8(cut), End.COMPLETE).usage().output())
                .isEqualTo(88);
    }

    @Test
    void an_error_after_the_start_of_a_stream_is_partial() {
        String stream = "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"model\":\"m\","
                + "\"usage\":{\"input_tokens\":50,\"output_tokens\":1}}}\n\nevent: error\ndata: {\"type\":\"error\","
                + "\"error\":{\"type\":\"overloaded_error\",\"message\":\"busy\"}}\n\n";
        UsageReport report = player.everywhere(SSE, utf8(stream), End.COMPLETE);
        assertThat(report.usage()).isEqualTo(Usage.of(50, 1));
        assertThat(report.source()).isEqualTo(UsageSource.PARTIAL);
        assertThat(report.finish()).isEqualTo("error");
    }

    @Test
    void an_error_before_anything_else_used_nothing() {
        byte[] error = utf8("{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"busy\"}}");
        assertThat(player.once(529, JSON, error, End.COMPLETE).source()).isEqualTo(UsageSource.NONE);
        byte[] event = utf8("event: error\ndata: " + new String(error, StandardCharsets.UTF_8) + "\n\n");
        assertThat(player.once(200, SSE, event, End.COMPLETE).source()).isEqualTo(UsageSource.NONE);
    }

    @Test
    void an_answer_without_any_usage_is_estimated_from_the_texts() {
        byte[] silent = utf8("{\"type\":\"message\",\"content\":[{\"text\":\"" + "x".repeat(72) + "\"}]}");
        UsageReport report = player.once(200, JSON, silent, End.COMPLETE);
        assertThat(report.usage()).isEqualTo(Usage.of(100, 20));
        assertThat(report.source()).isEqualTo(UsageSource.ESTIMATED);
        assertThat(player.once(200, SSE, utf8(""), End.CLIENT_GONE).usage()).isEqualTo(Usage.of(100, 0));
    }

    @Test
    void an_explicit_zero_is_a_value() {
        byte[] zero = utf8("{\"type\":\"message\",\"content\":[{\"text\":\"abc\"}],\"usage\":{\"input_tokens\":0,"
                + "\"output_tokens\":0}}");
        UsageReport report = player.once(200, JSON, zero, End.COMPLETE);
        assertThat(report.usage()).isEqualTo(Usage.ZERO);
        assertThat(report.source()).isEqualTo(UsageSource.PROVIDER);
    }

    @Test
    void hostile_counts_are_bounded_and_never_negative() {
        byte[] hostile =
                utf8("{\"type\":\"message\",\"usage\":{\"input_tokens\":-5,\"output_tokens\":999999999999999999,"
                        + "\"cache_creation_input_tokens\":3,\"cache_creation\":{\"ephemeral_1h_input_tokens\":8}}}");
        assertThat(player.once(200, JSON, hostile, End.COMPLETE).usage())
                .isEqualTo(new Usage(0, 0, 0, 3, 1_000_000_000_000L, 0, 0, 0, 0, 0));
    }

    @Test
    void counting_tokens_uses_nothing_and_a_tunnel_is_metered_where_a_usage_is_found() throws IOException {
        byte[] message = resource(getClass(), "message.json");
        assertThat(new AnswerPlayer(DIALECT, Operation.COUNT_TOKENS, textOf(0)).once(200, JSON, message, End.COMPLETE))
                .isEqualTo(UsageReport.NOTHING);
        AnswerPlayer tunnel = new AnswerPlayer(DIALECT, Operation.TUNNEL, textOf(100));
        assertThat(tunnel.once(200, JSON, message, End.COMPLETE).usage().output())
                .isEqualTo(34);
        assertThat(tunnel.once(200, JSON, utf8("{\"id\":\"batch\"}"), End.COMPLETE)
                        .source())
                .isEqualTo(UsageSource.NONE);
    }

    @Test
    void mutated_answers_never_throw() throws IOException {
        List<byte[]> answers = List.of(
                resource(getClass(), "thinking-and-tool.sse"),
                resource(getClass(), "advisor-and-compaction.sse"),
                resource(getClass(), "message.json"));
        for (int seed = 0; seed < 3_000; seed++) {
            Random random = new Random(seed);
            byte[] answer = Mutations.of(answers.get(random.nextInt(answers.size())), random);
            UsageReport report = player.randomly(
                    random,
                    random.nextBoolean() ? SSE : null,
                    answer,
                    random.nextBoolean() ? End.COMPLETE : End.CLIENT_GONE);
            assertThat(report.usage().total()).as("seed %d", seed).isNotNegative();
        }
    }
}
