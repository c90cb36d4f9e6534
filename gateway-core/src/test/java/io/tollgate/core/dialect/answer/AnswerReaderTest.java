package io.tollgate.core.dialect.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.core.dialect.RequestFacts;
import io.tollgate.core.dialect.UsageReader;
import io.tollgate.core.dialect.openai.Answers;
import io.tollgate.core.exchange.End;
import io.tollgate.core.usage.Usage;
import io.tollgate.core.usage.UsageReport;
import io.tollgate.core.usage.UsageSource;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AnswerReaderTest {
    private static final String TEXT = "data: {\"choices\":[{\"delta\":{\"content\":\"twelve bytes\"}}]}\n\n";
    private static final String TOLD = "data: {\"choices\":[{\"delta\":{\"content\":\"more\"}}],"
            + "\"usage\":{\"prompt_tokens\":20,\"completion_tokens\":2,\"total_tokens\":22}}\n\n";
    private static final String LAST = "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";

    private static UsageReport chat(int status, String answer, End end) {
        return chat(Answers.reader(Answers.dialect("openai-chat")), status, answer, end);
    }

    private static UsageReport chat(UsageReader reader, int status, String answer, End end) {
        return Answers.read(reader, status, answer.getBytes(StandardCharsets.UTF_8), end);
    }

    @ParameterizedTest
    @EnumSource(
            value = End.class,
            names = {"CLIENT_GONE", "TIMED_OUT", "UPSTREAM_FAILED", "CUT_BY_BUDGET", "STOPPED_EARLY"})
    void a_stream_that_ends_early_is_partial_and_estimated_from_the_text_seen(End end) {
        UsageReport report = chat(200, TEXT + TEXT, end);
        assertThat(report.source()).isEqualTo(UsageSource.PARTIAL);
        assertThat(report.usage()).isEqualTo(Usage.of(10, 6));
    }

    @Test
    void what_was_told_before_an_early_end_is_completed_by_the_text_seen() {
        UsageReport report = chat(200, TOLD + TEXT + TEXT, End.CLIENT_GONE);
        assertThat(report.source()).isEqualTo(UsageSource.PARTIAL);
        assertThat(report.usage()).isEqualTo(Usage.of(20, 7));
        assertThat(chat(200, TOLD, End.CLIENT_GONE).usage()).isEqualTo(Usage.of(20, 2));
    }

    @Test
    void usage_told_at_or_behind_the_finish_is_the_last_word_whoever_leaves_then() {
        assertThat(chat(200, TEXT + LAST + TOLD, End.CLIENT_GONE).source()).isEqualTo(UsageSource.PROVIDER);
        assertThat(chat(200, TOLD + "data: [DONE]\n\n", End.CLIENT_GONE).source())
                .isEqualTo(UsageSource.PROVIDER);
    }

    @ParameterizedTest
    @CsvSource({
        "0, UPSTREAM_FAILED, NONE, 0",
        "0, REFUSED, NONE, 0",
        "0, CACHED, NONE, 0",
        "0, CLIENT_GONE, PARTIAL, 10",
        "0, TIMED_OUT, PARTIAL, 10",
        "200, UPSTREAM_FAILED, PARTIAL, 10",
        "200, COMPLETE, ESTIMATED, 10",
        "400, COMPLETE, NONE, 0",
        "429, COMPLETE, NONE, 0",
        "503, CLIENT_GONE, NONE, 0",
        "302, COMPLETE, NONE, 0"
    })
    void without_a_byte_of_an_answer_the_input_is_owed_unless_it_failed(
            int status, End end, UsageSource source, long input) {
        UsageReport report = chat(status, "", end);
        assertThat(report.source()).isEqualTo(source);
        assertThat(report.usage()).isEqualTo(Usage.of(input, 0));
    }

    @Test
    void an_error_that_tells_a_usage_is_billed_as_told() {
        UsageReport report = chat(
                400,
                "{\"error\":{\"message\":\"x\"},\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":0}}",
                End.COMPLETE);
        assertThat(report.source()).isEqualTo(UsageSource.PROVIDER);
        assertThat(report.usage()).isEqualTo(Usage.of(7, 0));
        assertThat(report.finish()).isEqualTo("error");
    }

    @Test
    void an_estimate_never_exceeds_the_callers_cap() {
        RequestFacts capped = new RequestFacts(
                "m",
                true,
                2,
                "max_tokens",
                2,
                RequestFacts.UsageOption.ABSENT,
                Answers.REQUEST.members(),
                List.of(),
                0,
                0,
                1);
        var dialect = Answers.dialect("openai-chat");
        var endpoint = new io.tollgate.core.dialect.Endpoint(
                dialect, io.tollgate.core.dialect.Operation.GENERATE, null, "/", null, false);
        UsageReport report = chat(dialect.usageReader(endpoint, capped), 200, TEXT.repeat(9), End.COMPLETE);
        assertThat(report.usage()).isEqualTo(Usage.of(765, 4));
    }

    @Test
    void text_is_counted_as_it_passes() {
        UsageReader reader = Answers.reader(Answers.dialect("openai-chat"));
        byte[] text = TEXT.getBytes(StandardCharsets.UTF_8);
        for (int i = 1; i <= 3; i++) {
            reader.bytes(text, 0, text.length);
            assertThat(reader.outputBytesSeen()).isEqualTo(12L * i);
        }
    }

    @Test
    void a_broken_event_does_not_hide_those_behind_it() {
        UsageReport report = chat(200, "data: {\"choices\":[{\"del\n\ndata: hello\n\n" + LAST + TOLD, End.COMPLETE);
        assertThat(report.source()).isEqualTo(UsageSource.PROVIDER);
        assertThat(report.usage()).isEqualTo(Usage.of(20, 2));
    }

    @Test
    void a_later_usage_without_any_count_does_not_erase_an_earlier_one() {
        UsageReport report =
                chat(200, TOLD + LAST + "data: {\"usage\":{}}\n\ndata: {\"usage\":null}\n\n", End.COMPLETE);
        assertThat(report.usage()).isEqualTo(Usage.of(20, 2));
    }

    @Test
    void a_later_usage_replaces_an_earlier_one_whole() {
        String first = "data: {\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":1,"
                + "\"prompt_tokens_details\":{\"cached_tokens\":8}}}\n\n";
        assertThat(chat(200, first + TOLD, End.COMPLETE).usage()).isEqualTo(Usage.of(20, 2));
    }

    @ParameterizedTest
    @CsvSource({
        "-5, 0",
        "99999999999999999999999, 1000000000000",
        "1e300, 1000000000000",
        "12.0, 12",
        "\"7\", 0",
        "null, 0"
    })
    void hostile_numbers_become_harmless(String number, long input) {
        UsageReport report =
                chat(200, "{\"usage\":{\"prompt_tokens\":" + number + ",\"completion_tokens\":1}}", End.COMPLETE);
        assertThat(report.usage()).isEqualTo(Usage.of(input, 1));
    }

    @ParameterizedTest
    @CsvSource({
        "-1, -1",
        "1e400, -1",
        "1e-400, 0",
        "1e-999999999, 0",
        "1e999999999, -1",
        "1e-99999999999, -1",
        "0.0000000005, 1",
        "0.0000000004, 0",
        "\"1\", -1",
        "0, 0"
    })
    void a_stated_cost_is_rounded_half_up_and_an_impossible_one_ignored(String cost, long nanos) {
        assertThat(chat(200, "{\"usage\":{\"prompt_tokens\":1,\"cost\":" + cost + "}}", End.COMPLETE)
                        .statedCostNanos())
                .isEqualTo(nanos);
    }

    @Test
    void a_text_of_any_length_is_counted_to_the_byte_and_what_follows_is_read() {
        List<String> written = List.of("a", "é", "\\n", "\\u00e9", "\\ud83d\\ude00", "😀", "\\\"", "\\\\", " ");
        int[] bytes = {1, 2, 1, 2, 4, 4, 1, 1, 1};
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            StringBuilder text = new StringBuilder();
            long length = 0;
            while (text.length() < 150_000) {
                int letter = random.nextInt(bytes.length);
                text.append(written.get(letter));
                length += bytes[letter];
            }
            byte[] answer = ("{\"choices\":[{\"message\":{\"content\":\"" + text
                            + "\"},\"finish_reason\":\"stop\"}],\"image\":\"" + "QUJD".repeat(50_000)
                            + "\",\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":4}}")
                    .getBytes(StandardCharsets.UTF_8);
            UsageReader reader = Answers.reader(Answers.dialect("openai-chat"));
            int[] cuts = random.ints(40, 0, answer.length + 1).sorted().toArray();
            UsageReport report = Answers.read(reader, 200, answer, End.COMPLETE, cuts);
            assertThat(report.usage()).as("seed %d", seed).isEqualTo(Usage.of(3, 4));
            assertThat(report.finish()).as("seed %d", seed).isEqualTo("stop");
            assertThat(reader.outputBytesSeen()).as("seed %d", seed).isEqualTo(length);
        }
    }

    @Test
    void text_of_an_answer_that_broke_off_inside_it_is_counted() {
        UsageReport report =
                chat(200, "{\"choices\":[{\"message\":{\"content\":\"" + "word".repeat(100), End.UPSTREAM_FAILED);
        assertThat(report.usage()).isEqualTo(Usage.of(10, 100));
    }

    @Test
    void whatever_arrives_a_report_comes_out_the_same_however_it_was_cut() {
        String alphabet = "{}[]\",:\\u0n -1e.data\n\r";
        for (int seed = 0; seed < 5_000; seed++) {
            Random random = new Random(seed);
            byte[] answer = (random.nextBoolean() ? TEXT + TOLD + LAST : TOLD.substring(6, TOLD.length() - 2))
                    .getBytes(StandardCharsets.UTF_8);
            for (int i = random.nextInt(8); i > 0; i--) {
                answer[random.nextInt(answer.length)] = random.nextBoolean()
                        ? (byte) random.nextInt(256)
                        : (byte) alphabet.charAt(random.nextInt(alphabet.length()));
            }
            int[] cuts = random.ints(3, 0, answer.length + 1).sorted().toArray();
            for (String name : List.of("openai-chat", "openai-responses", "tunnel")) {
                UsageReader reader = Answers.reader(Answers.dialect(name));
                UsageReport report = Answers.read(reader, 200, answer, End.COMPLETE, cuts);
                assertThat(report.usage().input()).as("seed %d", seed).isNotNegative();
                assertThat(report.usage().output()).as("seed %d", seed).isNotNegative();
                assertThat(report)
                        .as("seed %d, in one piece", seed)
                        .isEqualTo(Answers.read(Answers.reader(Answers.dialect(name)), 200, answer, End.COMPLETE));
            }
        }
    }
}
