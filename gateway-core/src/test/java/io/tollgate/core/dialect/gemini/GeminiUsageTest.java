package io.tollgate.core.dialect.gemini;

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
import io.tollgate.core.usage.UsageSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GeminiUsageTest {
    private static final String SSE = "text/event-stream";
    private static final String JSON = "application/json; charset=UTF-8";
    private static final GeminiDialect DIALECT = new GeminiDialect();
    private static final UsageReport GROUNDED = new UsageReport(
            new Usage(530, 400, 0, 0, 155, 100, 50, 150, 12, 2),
            UsageSource.PROVIDER,
            "gemini-3-flash-001",
            "STOP",
            "standard",
            -1,
            List.of());
    private final AnswerPlayer player = new AnswerPlayer(DIALECT, Operation.GENERATE, textOf(360));

    @Test
    void the_last_counts_of_a_stream_hold_as_disjoint_numbers() throws IOException {
        assertThat(player.everywhere(SSE, resource(getClass(), "grounded.sse"), End.COMPLETE))
                .isEqualTo(GROUNDED);
    }

    @Test
    void a_stream_that_is_an_array_says_the_same() throws IOException {
        assertThat(player.everywhere(JSON, resource(getClass(), "grounded.json"), End.COMPLETE))
                .isEqualTo(GROUNDED);
    }

    @Test
    void enums_may_be_numbers() throws IOException {
        UsageReport report = player.everywhere(JSON, resource(getClass(), "numbers.json"), End.COMPLETE);
        assertThat(report.finish()).isEqualTo("MAX_TOKENS");
        assertThat(report.usage()).isEqualTo(new Usage(12, 0, 0, 0, 5, 0, 10, 0, 0, 0));
    }

    @Test
    void a_stream_broken_off_is_partial_with_at_least_what_was_told() throws IOException {
        String whole = new String(resource(getClass(), "grounded.sse"), StandardCharsets.UTF_8);
        byte[] start = utf8(whole.substring(0, whole.lastIndexOf("data:")));
        for (End end : List.of(End.CLIENT_GONE, End.UPSTREAM_FAILED, End.TIMED_OUT)) {
            UsageReport report = player.everywhere(SSE, start, end);
            assertThat(report.source()).isEqualTo(UsageSource.PARTIAL);
            assertThat(report.usage()).isEqualTo(new Usage(500, 400, 0, 0, 80, 80, 200, 0, 0, 0));
            assertThat(report.serviceTier()).isEqualTo("ON_DEMAND");
        }
    }

    @Test
    void text_beyond_the_last_told_output_is_estimated() {
        String chunk = "data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"" + "x".repeat(360)
                + "\"}]}}],\"usageMetadata\":{\"promptTokenCount\":9,\"totalTokenCount\":9}}\r\n\r\n";
        assertThat(player.everywhere(SSE, utf8(chunk), End.CLIENT_GONE).usage()).isEqualTo(Usage.of(9, 100));
    }

    @Test
    void a_count_the_last_chunk_leaves_out_is_zero() {
        String stream = "data: {\"usageMetadata\":{\"promptTokenCount\":9,\"candidatesTokenCount\":21}}\r\n\r\n"
                + "data: {\"candidates\":[{\"finishReason\":\"STOP\"}],\"usageMetadata\":{\"promptTokenCount\":9,"
                + "\"thoughtsTokenCount\":7}}\r\n\r\n";
        assertThat(player.everywhere(SSE, utf8(stream), End.COMPLETE).usage())
                .isEqualTo(new Usage(9, 0, 0, 0, 7, 7, 0, 0, 0, 0));
    }

    @Test
    void a_blocked_prompt_names_its_reason() {
        byte[] blocked = utf8("{\"promptFeedback\":{\"blockReason\":\"SAFETY\"},\"usageMetadata\":"
                + "{\"promptTokenCount\":4,\"totalTokenCount\":4},\"modelVersion\":\"gemini-3-flash\"}");
        UsageReport report = player.everywhere(JSON, blocked, End.COMPLETE);
        assertThat(report.finish()).isEqualTo("SAFETY");
        assertThat(report.usage()).isEqualTo(Usage.of(4, 0));
        assertThat(report.source()).isEqualTo(UsageSource.PROVIDER);
    }

    @Test
    void older_models_are_billed_for_a_grounded_prompt_once() {
        byte[] grounded = utf8("{\"candidates\":[{\"groundingMetadata\":{\"webSearchQueries\":[\"a\",\"b\",\"c\"]}}],"
                + "\"usageMetadata\":{\"promptTokenCount\":4},\"modelVersion\":\"gemini-2.5-pro\"}");
        assertThat(player.everywhere(JSON, grounded, End.COMPLETE).usage().webSearches())
                .isEqualTo(1);
    }

    @Test
    void an_error_used_nothing_and_one_within_a_stream_leaves_it_partial() {
        String error = "{\"error\":{\"code\":503,\"message\":\"busy\",\"status\":\"UNAVAILABLE\"}}";
        assertThat(player.once(503, JSON, utf8(error), End.COMPLETE).source()).isEqualTo(UsageSource.NONE);
        assertThat(player.once(200, SSE, utf8("data: " + error + "\r\n\r\n"), End.COMPLETE)
                        .source())
                .isEqualTo(UsageSource.NONE);
        String late = "[{\"usageMetadata\":{\"promptTokenCount\":3,\"candidatesTokenCount\":2}}\r\n," + error + "]";
        UsageReport report = player.everywhere(JSON, utf8(late), End.COMPLETE);
        assertThat(report.source()).isEqualTo(UsageSource.PARTIAL);
        assertThat(report.usage()).isEqualTo(Usage.of(3, 2));
    }

    @Test
    void embeddings_are_metered_where_they_tell_it_and_estimated_where_not() {
        AnswerPlayer embeddings = new AnswerPlayer(DIALECT, Operation.EMBED, textOf(36));
        byte[] told = utf8("{\"embedding\":{\"values\":[0.1,-2e-3]},\"usageMetadata\":{\"promptTokenCount\":8,"
                + "\"promptTokenDetails\":[{\"modality\":\"AUDIO\",\"tokenCount\":8}]}}");
        assertThat(embeddings.everywhere(JSON, told, End.COMPLETE).usage())
                .isEqualTo(new Usage(8, 0, 0, 0, 0, 0, 8, 0, 0, 0));
        UsageReport silent = embeddings.once(200, JSON, utf8("{\"embedding\":{\"values\":[0.5]}}"), End.COMPLETE);
        assertThat(silent.usage()).isEqualTo(Usage.of(10, 0));
        assertThat(silent.source()).isEqualTo(UsageSource.ESTIMATED);
    }

    @Test
    void counting_tokens_uses_nothing() {
        byte[] counted =
                utf8("{\"totalTokens\":31,\"promptTokensDetails\":[{\"modality\":\"TEXT\",\"tokenCount\":31}]}");
        assertThat(new AnswerPlayer(DIALECT, Operation.COUNT_TOKENS, textOf(9)).once(200, JSON, counted, End.COMPLETE))
                .isEqualTo(UsageReport.NOTHING);
    }

    @Test
    void an_interaction_passing_through_a_tunnel_is_metered() {
        AnswerPlayer tunnel = new AnswerPlayer(DIALECT, Operation.TUNNEL, textOf(0));
        String usage = "\"usage\":{\"total_tokens\":45,\"total_input_tokens\":9,\"total_cached_tokens\":4,"
                + "\"total_output_tokens\":13,\"total_thought_tokens\":20,\"total_tool_use_tokens\":3},"
                + "\"model\":\"gemini-3-flash\"}";
        Usage expected = new Usage(8, 4, 0, 0, 33, 20, 0, 0, 0, 0);
        assertThat(tunnel.everywhere(JSON, utf8("{" + usage), End.COMPLETE).usage())
                .isEqualTo(expected);
        String stream = "event: interaction.completed\ndata: {\"interaction\":{" + usage + "}\n\n"
                + "event: done\ndata: [DONE]\n\n";
        assertThat(tunnel.everywhere(SSE, utf8(stream), End.COMPLETE).usage()).isEqualTo(expected);
    }

    @Test
    void mutated_answers_never_throw() throws IOException {
        List<byte[]> answers = List.of(
                resource(getClass(), "grounded.sse"),
                resource(getClass(), "grounded.json"),
                resource(getClass(), "numbers.json"));
        for (int seed = 0; seed < 3_000; seed++) {
            Random random = new Random(seed);
            byte[] answer = Mutations.of(answers.get(random.nextInt(answers.size())), random);
            UsageReport report = player.randomly(
                    random,
                    random.nextBoolean() ? SSE : JSON,
                    answer,
                    random.nextBoolean() ? End.COMPLETE : End.CLIENT_GONE);
            assertThat(report.usage().total()).as("seed %d", seed).isNotNegative();
        }
    }
}
