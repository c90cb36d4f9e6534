package io.tollgate.core.dialect.replay;

import static io.tollgate.core.dialect.AnswerPlayer.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.core.dialect.JsonTree;
import io.tollgate.core.dialect.replay.form.StreamForm;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is converted on demand only, and what is not converted at all. */
class ReplyFormsTest {
    private static final String CHAT = """
            {"id":"c","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"Hi"},"finish_reason":"stop"}],"usage":{"total_tokens":2}}""";
    private static final String CHUNKS = """
            data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"role":"assistant","content":"Hi"},"finish_reason":null}]}

            data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{},"finish_reason":"stop"}],"usage":{"total_tokens":2}}

            data: [DONE]

            """;
    private static final String MESSAGE = """
            {"id":"m","type":"message","role":"assistant","model":"c","content":[{"type":"text","text":"Hi"}],"stop_reason":"end_turn","stop_sequence":null,"usage":{"input_tokens":1,"output_tokens":2}}""";
    private static final String RESPONSE = """
            {"id":"r","object":"response","status":"completed","error":null,"output":[{"id":"i","type":"message","content":[{"type":"output_text","text":"Hi"}]}],"usage":{"total_tokens":2}}""";
    private static final String GEMINI = """
            {"candidates":[{"content":{"parts":[{"text":"Hi"}],"role":"model"},"finishReason":"STOP"}],"usageMetadata":{"totalTokenCount":2}}""";

    private static ReplyForms forms(String dialect) {
        return Objects.requireNonNull(ReplyForms.of(dialect));
    }

    private static String text(byte @Nullable [] bytes) {
        return new String(Objects.requireNonNull(bytes), StandardCharsets.UTF_8);
    }

    private static byte @Nullable [] stream(String dialect, String plain) {
        return forms(dialect).asStream(utf8(plain), StreamForm.EVENTS);
    }

    private static String plain(String dialect) {
        return switch (dialect) {
            case "openai-chat" -> CHAT;
            case "openai-responses" -> RESPONSE;
            case "anthropic" -> MESSAGE;
            default -> GEMINI;
        };
    }

    @Test
    void only_dialects_that_stream_have_two_forms() {
        assertThat(ReplyForms.of("openai-embeddings")).isNull();
        assertThat(ReplyForms.of("tunnel")).isNull();
    }

    @Test
    void chunks_tell_the_usage_only_where_it_was_asked_for() {
        String silent = text(forms("openai-chat").asStream(utf8(CHAT), StreamForm.EVENTS));
        String telling = text(forms("openai-chat").asStream(utf8(CHAT), StreamForm.EVENTS_WITH_USAGE));

        assertThat(silent).doesNotContain("usage").endsWith("data: [DONE]\n\n");
        assertThat(telling).contains("\"choices\":[],\"usage\":{\"total_tokens\":2}}\n\ndata: [DONE]\n\n");
    }

    @ParameterizedTest
    @CsvSource({"EVENTS", "EVENTS_WITH_USAGE", "JSON_ARRAY"})
    void only_gemini_streams_as_an_array(StreamForm form) {
        byte[] stream = forms("gemini").asStream(utf8(GEMINI), form);

        assertThat(text(stream)).startsWith(form == StreamForm.JSON_ARRAY ? "[{" : "data: {");
        assertThat(JsonTree.parse(text(forms("gemini").asPlain(Objects.requireNonNull(stream)))))
                .isEqualTo(JsonTree.parse(GEMINI));
        for (String dialect : List.of("openai-chat", "openai-responses", "anthropic")) {
            assertThat(forms(dialect).asStream(utf8(plain(dialect)), form) == null)
                    .isEqualTo(form == StreamForm.JSON_ARRAY);
        }
    }

    @Test
    void a_pretty_printed_answer_becomes_events_of_one_line_each() {
        String pretty = MESSAGE.replace(",", ",\r\n  ").replace("{", "{\n\t");

        assertThat(text(stream("anthropic", pretty))).isEqualTo(text(stream("anthropic", MESSAGE)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "openai-chat | \"finish_reason\":\"stop\" | \"finish_reason\":null",
                "openai-chat | \"object\":\"chat.completion\" | \"object\":\"list\"",
                "openai-chat | \"content\":\"Hi\" | \"content\":[{\"type\":\"text\"}]",
                "openai-chat | \"content\":\"Hi\" | \"content\":null,\"audio\":{\"id\":\"a\"}",
                "openai-chat | \"content\":\"Hi\" | \"content\":null,\"tool_calls\":[{\"type\":\"custom\",\"custom\":{}}]",
                "openai-chat | \"usage\" | \"error\":{\"code\":1},\"usage\"",
                "openai-chat | \"index\":0 | \"index\":1",
                "openai-chat | \"id\":\"c\" | \"id\":\"c\",\"id\":\"d\"",
                "openai-responses | completed | in_progress",
                "openai-responses | completed | failed",
                "openai-responses | output_text | output_audio",
                "openai-responses | \"id\":\"i\", | ",
                "openai-responses | {\"total_tokens\":2} | null",
                "anthropic | \"end_turn\" | null",
                "anthropic | \"type\":\"text\" | \"type\":\"hologram\"",
                "anthropic | \"type\":\"message\" | \"type\":\"error\"",
                "anthropic | \"output_tokens\":2 | \"output_tokens\":null",
                "gemini | \"finishReason\":\"STOP\" | \"index\":0",
                "gemini | usageMetadata | usage",
                "gemini | \"candidates\" | \"error\":{\"code\":500},\"candidates\"",
            })
    void a_plain_answer_of_another_shape_is_a_miss(String dialect, String instead, @Nullable String of) {
        String broken = plain(dialect).replace(instead, of == null ? "" : of);

        assertThat(broken).isNotEqualTo(plain(dialect));
        assertThat(stream(dialect, plain(dialect))).isNotNull();
        assertThat(forms(dialect).asStream(utf8(broken), StreamForm.EVENTS)).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "openai-chat | \"finish_reason\":\"stop\" | \"finish_reason\":null",
                "openai-chat | \"usage\" | \"used\"",
                "openai-chat | \"content\":\"Hi\" | \"content\":\"Hi\",\"audio\":{\"id\":\"a\"}",
                "openai-chat | \"delta\":{} | \"delta\":{\"role\":\"tool\"}",
                "openai-chat | \"usage\" | \"error\":{\"code\":1},\"usage\"",
                "openai-chat | \"object\":\"chat.completion.chunk\" | \"object\":\"x\"",
                "openai-responses | event: response.completed | event: response.completed\\ndata: {}",
                "openai-responses | \"type\":\"response.completed\" | \"type\":\"response.failed\"",
                "openai-responses | response.output_item.done | response.output_item.changed",
                "anthropic | \"type\":\"message_stop\" | \"type\":\"error\"",
                "anthropic | content_block_stop | content_block_hop",
                "anthropic | \"type\":\"text_delta\" | \"type\":\"scent_delta\"",
                "anthropic | \"stop_reason\":\"end_turn\" | \"stop_reason\":null",
                "gemini | \"finishReason\":\"STOP\" | \"index\":0",
                "gemini | usageMetadata | usage",
                "gemini | {\"text\":\"Hi\"} | {\"functionCall\":{\"name\":\"f\",\"willContinue\":true}}",
            })
    void a_stream_of_another_shape_is_a_miss(String dialect, String instead, String of) {
        String stream = dialect.equals("openai-chat") ? CHUNKS : text(stream(dialect, plain(dialect)));
        String broken = stream.replace(instead, of.replace("\\n", "\n"));

        assertThat(broken).isNotEqualTo(stream);
        assertThat(forms(dialect).asPlain(utf8(stream))).isNotNull();
        assertThat(forms(dialect).asPlain(utf8(broken))).isNull();
    }

    @Test
    void what_is_no_json_at_all_is_a_miss() {
        for (String dialect : List.of("openai-chat", "openai-completions", "openai-responses", "anthropic", "gemini")) {
            for (String garbage : List.of("", " ", "[]", "{}", "null", "data: {", "data: 1\n\n", "<html>", "\0")) {
                assertThat(stream(dialect, garbage))
                        .as("%s %s", dialect, garbage)
                        .isNull();
                assertThat(forms(dialect).asPlain(utf8(garbage)))
                        .as("%s %s", dialect, garbage)
                        .isNull();
            }
        }
    }

    @Test
    void a_longer_answer_than_is_converted_is_a_miss() {
        String longText = "tide ".repeat(ReplyForms.MOST / 5);

        assertThat(stream("openai-chat", CHAT.replace("Hi", longText))).isNull();
        assertThat(forms("openai-chat").asPlain(utf8(CHUNKS.replace("Hi", longText))))
                .isNull();
    }

    @Test
    void ids_too_long_to_repeat_with_every_chunk_are_a_miss() {
        assertThat(stream("openai-chat", CHAT.replace("\"m\"", "\"" + "m".repeat(5_000) + "\"")))
                .isNull();
        assertThat(stream(
                        "gemini",
                        GEMINI.replace("{\"candidates", "{\"responseId\":\"" + "r".repeat(5_000) + "\",\"candidates")))
                .isNull();
    }

    @Test
    void a_long_answer_grows_by_less_than_half_when_it_is_streamed() {
        String text = "The tide rises twice a day. ".repeat(40_000);
        for (String dialect : List.of("openai-chat", "anthropic", "gemini")) {
            String plain = plain(dialect).replace("Hi", text);
            byte[] stream = stream(dialect, plain);

            assertThat(Objects.requireNonNull(stream).length).as(dialect).isLessThan(plain.length() * 3 / 2);
            assertThat(Told.stream(dialect, text(stream)))
                    .as(dialect)
                    .isEqualTo(
                            dialect.equals("openai-chat")
                                    ? withoutUsage(Told.plain(dialect, plain))
                                    : Told.plain(dialect, plain));
        }
    }

    private static Told withoutUsage(Told told) {
        return new Told(told.texts(), told.ends(), null, told.id());
    }

    @Test
    void deep_nesting_in_a_member_nobody_knows_takes_no_longer() {
        String deep = "{\"a\":".repeat(400) + "\"" + "x".repeat(1 << 20) + "\"" + "}".repeat(400);
        String stream = CHUNKS.replace("\"delta\":{}", "\"delta\":{\"extra\":" + deep + "}");

        assertThat(text(forms("openai-chat").asPlain(utf8(stream)))).contains(deep);
    }
}
