package io.tollgate.core.dialect.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.tollgate.core.dialect.Dialect;
import io.tollgate.core.dialect.anthropic.AnthropicDialect;
import io.tollgate.core.dialect.gemini.GeminiDialect;
import io.tollgate.core.dialect.openaichat.OpenAiChatDialect;
import io.tollgate.core.dialect.openaicompletions.OpenAiCompletionsDialect;
import io.tollgate.core.dialect.openaiembeddings.OpenAiEmbeddingsDialect;
import io.tollgate.core.dialect.openairesponses.OpenAiResponsesDialect;
import io.tollgate.core.exchange.End;
import io.tollgate.core.http.ResponseHead;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class StreamedTextTest {
    private static final String EVENTS = "text/event-stream";

    /** The text of a stream in two pieces, split at {@code at}. */
    private static String text(Dialect dialect, String type, String stream, int at) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        StreamedText reader = new StreamedText(
                Objects.requireNonNull(dialect.streamedText()),
                (lent, offset, length) -> text.write(lent, offset, length));
        reader.head(new ResponseHead(200, new DefaultHttpHeaders().set("content-type", type)));
        byte[] bytes = stream.getBytes(StandardCharsets.UTF_8);
        reader.bytes(bytes, 0, at);
        reader.bytes(bytes, at, bytes.length - at);
        reader.end(End.COMPLETE);
        return text.toString(StandardCharsets.UTF_8);
    }

    private static void assertText(Dialect dialect, String type, String stream, String text) {
        for (int at = 0; at <= stream.getBytes(StandardCharsets.UTF_8).length; at++) {
            assertThat(text(dialect, type, stream, at)).as("split at %d", at).isEqualTo(text);
        }
    }

    @Test
    void chat_tells_its_content_and_neither_reasoning_nor_arguments() {
        assertText(new OpenAiChatDialect(), EVENTS, """
                data: {"choices":[{"index":0,"delta":{"role":"assistant","content":"","reasoning_content":"hm"}}]}

                data: {"choices":[{"index":0,"delta":{"content":"{\\"a\\": \\u00e9\\ud83d\\ude00é"}}]}

                data: {"choices":[{"index":0,"delta":{"tool_calls":[{"function":{"arguments":"{}"}}]}}]}

                data: {"choices":[{"index":0,"delta":{"content":null},"finish_reason":"stop"}]}

                data: {"choices":[{"index":0,"delta":{"content":"}\\n"}}]}

                data: [DONE]

                """, "{\"a\": é😀é}\n");
    }

    @Test
    void text_that_is_all_escapes_is_told_whole() {
        String escapes = "\\u4e2d\\ud83d\\ude00".repeat(700);
        String stream = "data: {\"choices\":[{\"text\":\"" + escapes + "\"}]}\n\n";
        String text = "中😀".repeat(700);
        for (int at : new int[] {0, 40, 4_001, 4_007, 4_013, stream.length()}) {
            assertThat(text(new OpenAiCompletionsDialect(), EVENTS, stream, at))
                    .as("split at %d", at)
                    .isEqualTo(text);
        }
    }

    @Test
    void completions_tell_their_text() {
        assertText(
                new OpenAiCompletionsDialect(),
                EVENTS,
                "data: {\"choices\":[{\"text\":\"a\"}]}\n\ndata: {\"choices\":[{\"text\":\"b\"}]}\n\n",
                "ab");
    }

    @Test
    void responses_tell_text_deltas_only_whichever_member_stands_first() {
        assertText(new OpenAiResponsesDialect(), EVENTS, """
                event: response.output_text.delta
                data: {"type":"response.output_text.delta","delta":"a"}

                event: response.function_call_arguments.delta
                data: {"type":"response.function_call_arguments.delta","delta":"no"}

                event: response.reasoning_summary_text.delta
                data: {"delta":"no","type":"response.reasoning_summary_text.delta"}

                event: response.output_text.delta
                data: {"delta":"b","type":"response.output_text.delta"}

                event: response.output_text.done
                data: {"type":"response.output_text.done","text":"ab"}

                """, "ab");
    }

    @Test
    void anthropic_tells_text_deltas_and_neither_thinking_nor_inputs_of_tools() {
        assertText(new AnthropicDialect(), EVENTS, """
                event: content_block_delta
                data: {"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"no"}}

                event: content_block_delta
                data: {"type":"content_block_delta","index":1,"delta":{"type":"text_delta","text":"yes"}}

                event: content_block_delta
                data: {"type":"content_block_delta","index":2,"delta":{"type":"input_json_delta","partial_json":"{}"}}

                """, "yes");
    }

    @Test
    void gemini_tells_parts_that_are_no_thoughts_in_events_and_in_an_array() {
        String first = "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"no\",\"thought\":true},{\"text\":\"a\"},"
                + "{\"thought\":true,\"text\":\"no\"},{\"text\":\"b\"}]}}]}";
        String second = "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"c\"}]},\"finishReason\":\"STOP\"}]}";
        assertText(new GeminiDialect(), EVENTS, "data: " + first + "\r\n\r\ndata: " + second + "\r\n\r\n", "abc");
        assertText(new GeminiDialect(), "application/json", "[" + first + ",\r\n" + second + "]", "abc");
    }

    @Test
    void an_event_of_more_text_than_is_held_ends_the_reading() {
        String event = "data: {\"choices\":[{\"text\":\"%s\"}]}\n\n";
        String stream =
                event.formatted("a") + event.formatted("x".repeat(StreamedText.MOST + 1)) + event.formatted("b");
        assertThat(text(new OpenAiCompletionsDialect(), EVENTS, stream, 10)).isEqualTo("a");
    }

    @Test
    void what_is_not_streamed_has_no_text_to_tell() {
        assertThat(new OpenAiEmbeddingsDialect().streamedText()).isNull();
    }
}
