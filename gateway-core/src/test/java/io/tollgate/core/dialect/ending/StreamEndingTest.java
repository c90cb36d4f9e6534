package io.tollgate.core.dialect.ending;

import static io.tollgate.core.dialect.ending.CutStream.count;
import static io.tollgate.core.dialect.ending.CutStream.cut;
import static io.tollgate.core.dialect.ending.CutStream.data;
import static io.tollgate.core.dialect.ending.CutStream.events;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.core.dialect.Dialect;
import io.tollgate.core.dialect.anthropic.AnthropicDialect;
import io.tollgate.core.dialect.gemini.GeminiDialect;
import io.tollgate.core.dialect.json.JsonSource;
import io.tollgate.core.dialect.openaichat.OpenAiChatDialect;
import io.tollgate.core.dialect.openaicompletions.OpenAiCompletionsDialect;
import io.tollgate.core.dialect.openairesponses.OpenAiResponsesDialect;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonParser;

/** A stream cut after any of its events ends as the provider itself ends one, and says each thing once. */
class StreamEndingTest {
    private static final List<String> CHAT = events("""
            data: {"id":"chatcmpl-9","object":"chat.completion.chunk","created":17,"model":"gpt-4o-1","system_fingerprint":"fp_1","choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}]}

            : keep-alive

            data: {"id":"chatcmpl-9","object":"chat.completion.chunk","created":17,"model":"gpt-4o-1","choices":[{"index":1,"delta":{"content":"say \\"finish_reason\\":\\"stop\\""},"finish_reason":null}]}

            data: {"id":"chatcmpl-9","object":"chat.completion.chunk","created":17,"model":"gpt-4o-1","choices":[{"index":1,"delta":{},"finish_reason":"stop"}]}

            data: {"id":"chatcmpl-9","object":"chat.completion.chunk","created":17,"model":"gpt-4o-1","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

            data: {"id":"chatcmpl-9","object":"chat.completion.chunk","created":17,"model":"gpt-4o-1","choices":[],"usage":{"prompt_tokens":1,"completion_tokens":2,"total_tokens":3}}

            data: [DONE]
            """);

    private static final List<String> MESSAGES = events("""
            event: message_start
            data: {"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","model":"claude-1","content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":9,"output_tokens":1}}}

            event: content_block_start
            data: {"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":""}}

            event: ping
            data: {"type":"ping"}

            event: content_block_delta
            data: {"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"event: message_stop"}}

            event: content_block_stop
            data: {"type":"content_block_stop","index":0}

            event: content_block_start
            data: {"type":"content_block_start","index":1,"content_block":{"type":"text","text":""}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":1,"delta":{"type":"text_delta","text":"hello"}}

            event: content_block_stop
            data: {"type":"content_block_stop","index":1}

            event: message_delta
            data: {"type":"message_delta","delta":{"stop_reason":"end_turn","stop_sequence":null},"usage":{"output_tokens":12}}

            event: message_stop
            data: {"type":"message_stop"}
            """);

    private static final List<String> GEMINI = List.of(
            "data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"a\"}],\"role\":\"model\"},\"index\":0}],\"modelVersion\":\"gemini-1\",\"responseId\":\"r-1\"}\r\n\r\n",
            "data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"\\\"finishReason\\\": \\\"STOP\\\"\"}],\"role\":\"model\"},\"index\":0}]}\r\n\r\n",
            "data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"c\"}],\"role\":\"model\"},\"finishReason\":\"STOP\",\"index\":0}],\"usageMetadata\":{\"promptTokenCount\":1}}\r\n\r\n");

    private static final List<String> RESPONSE = events("""
            event: response.created
            data: {"type":"response.created","sequence_number":0,"response":{"id":"resp_1","object":"response","created_at":17,"status":"in_progress","error":null,"incomplete_details":null,"instructions":"be \\"brief\\"","metadata":{"a": [1, 2]},"model":"gpt-5","output":[],"tools":[{"type":"function","name":"f"}],"usage":null}}

            event: response.in_progress
            data: {"type":"response.in_progress","sequence_number":1,"response":{"id":"resp_1","status":"in_progress"}}

            event: response.output_item.added
            data: {"type":"response.output_item.added","sequence_number":2,"output_index":0,"item":{"id":"rs_1","type":"reasoning","summary":[]}}

            event: response.output_item.done
            data: {"type":"response.output_item.done","sequence_number":3,"output_index":0,"item":{"id":"rs_1","type":"reasoning","summary":[]}}

            event: response.output_item.added
            data: {"type":"response.output_item.added","sequence_number":4,"output_index":1,"item":{"id":"msg_1","type":"message","status":"in_progress","role":"assistant","content":[]}}

            event: response.content_part.added
            data: {"type":"response.content_part.added","sequence_number":5,"item_id":"msg_1","output_index":1,"content_index":0,"part":{"type":"output_text","text":"","annotations":[]}}

            event: response.output_text.delta
            data: {"type":"response.output_text.delta","sequence_number":6,"item_id":"msg_1","output_index":1,"content_index":0,"delta":"Grüß \\"dich"}

            event: response.output_text.delta
            data: {"type":"response.output_text.delta","sequence_number":7,"item_id":"msg_1","output_index":1,"content_index":0,"delta":"\\" \\uD83D\\uDE00"}

            event: response.output_text.done
            data: {"type":"response.output_text.done","sequence_number":8,"item_id":"msg_1","output_index":1,"content_index":0,"text":"Grüß \\"dich\\" \\uD83D\\uDE00"}

            event: response.content_part.done
            data: {"type":"response.content_part.done","sequence_number":9,"item_id":"msg_1","output_index":1,"content_index":0,"part":{"type":"output_text","text":"Grüß \\"dich\\" \\uD83D\\uDE00","annotations":[]}}

            event: response.output_item.done
            data: {"type":"response.output_item.done","sequence_number":10,"output_index":1,"item":{"id":"msg_1","type":"message","status":"completed","role":"assistant","content":[{"type":"output_text","text":"Grüß \\"dich\\" \\uD83D\\uDE00","annotations":[]}]}}

            event: response.output_item.added
            data: {"type":"response.output_item.added","sequence_number":11,"output_index":2,"item":{"id":"fc_1","type":"function_call","status":"in_progress","call_id":"c","name":"f","arguments":""}}

            event: response.function_call_arguments.delta
            data: {"type":"response.function_call_arguments.delta","sequence_number":12,"item_id":"fc_1","output_index":2,"delta":"{\\"a\\":"}

            event: response.completed
            data: {"type":"response.completed","sequence_number":13,"response":{"id":"resp_1","status":"completed"}}
            """);

    private static void assertJson(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        try (JsonParser parser = JsonSource.open(bytes, 0, bytes.length)) {
            parser.nextToken();
            parser.skipChildren();
            assertThat(parser.nextToken()).as("behind %s", json).isNull();
        }
    }

    @Test
    void a_chat_stream_ends_with_one_finish_reason_per_answer_usage_if_asked_for_and_done() {
        Dialect dialect = new OpenAiChatDialect();
        for (String options : List.of("", ",\"stream_options\":{\"include_usage\":true}")) {
            String request = "{\"model\":\"gpt-4o\",\"stream\":true,\"n\":2,\"messages\":[]" + options + "}";
            for (int cut = 0; cut <= CHAT.size(); cut++) {
                String seen = cut(dialect, false, request, null, CHAT, cut);
                List<String> data = data(seen);
                assertThat(data.getLast()).as("cut after %d: %s", cut, seen).isEqualTo("[DONE]");
                assertThat(count(seen, "data: [DONE]\n\n")).isOne();
                data.subList(0, data.size() - 1).forEach(StreamEndingTest::assertJson);
                for (int answer = 0; answer < 2; answer++) {
                    Pattern finished = Pattern.compile("\"index\":" + answer
                            + ",\"delta\":\\{[^}]*},(\"logprobs\":null,)?\"finish_reason\":\"(stop|length)\"");
                    assertThat(finished.matcher(seen).results().count())
                            .as("answer %d, cut after %d: %s", answer, cut, seen)
                            .isOne();
                }
                boolean told = seen.contains("\"usage\":{");
                assertThat(told).isEqualTo(!options.isEmpty() || cut >= 6);
                assertThat(count(seen, "\"usage\":{")).isEqualTo(told ? 1 : 0);
                if (cut > 0) {
                    assertThat(data.subList(0, data.size() - 1))
                            .allSatisfy(chunk -> assertThat(chunk).contains("\"id\":\"chatcmpl-9\"", "\"created\":17"));
                }
            }
        }
        assertThat(cut(
                        dialect,
                        false,
                        "{\"model\":\"m\",\"stream\":true,\"stream_options\":{\"include_usage\":true}}",
                        null,
                        CHAT,
                        1))
                .contains("\"prompt_tokens\":127,\"completion_tokens\":50,\"total_tokens\":177");
    }

    @Test
    void a_legacy_completion_ends_likewise() {
        List<String> stream = events("""
                data: {"id":"cmpl-1","object":"text_completion","created":5,"model":"i","choices":[{"text":"a","index":0,"finish_reason":null}]}
                """);
        assertThat(cut(
                        new OpenAiCompletionsDialect(),
                        false,
                        "{\"model\":\"i\",\"stream\":true,\"prompt\":\"x\"}",
                        null,
                        stream,
                        1))
                .endsWith("""
                        data: {"id":"cmpl-1","object":"text_completion","created":5,"model":"i","choices":[{"index":0,"text":"","logprobs":null,"finish_reason":"length"}]}

                        data: [DONE]

                        """);
    }

    @Test
    void a_messages_stream_closes_every_open_block_and_stops_once() {
        String request = "{\"model\":\"claude-1\",\"stream\":true,\"max_tokens\":9,\"messages\":[]}";
        for (int cut = 0; cut <= MESSAGES.size(); cut++) {
            String seen = cut(new AnthropicDialect(), false, request, null, MESSAGES, cut);
            data(seen).forEach(StreamEndingTest::assertJson);
            TreeSet<String> open = new TreeSet<>();
            Matcher block = Pattern.compile("data: \\{\"type\":\"content_block_(start|stop)\",\"index\":(\\d+)")
                    .matcher(seen);
            while (block.find()) {
                assertThat(block.group(1).equals("start") ? open.add(block.group(2)) : open.remove(block.group(2)))
                        .as("cut after %d: %s", cut, seen)
                        .isTrue();
            }
            assertThat(open).as("cut after %d: %s", cut, seen).isEmpty();
            for (String once : List.of("message_start", "message_delta", "message_stop")) {
                assertThat(count(seen, "event: " + once + "\ndata: {\"type\":\"" + once + "\""))
                        .as(once)
                        .isOne();
            }
            assertThat(seen).endsWith("event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n");
            if (cut < 9) {
                assertThat(seen)
                        .contains("\"stop_reason\":\"max_tokens\"", "\"input_tokens\":100", "\"output_tokens\":50");
            }
        }
    }

    @Test
    void a_gemini_stream_ends_with_a_finish_reason_and_usage_in_its_own_line_ends() {
        for (int cut = 0; cut <= GEMINI.size(); cut++) {
            String seen = cut(new GeminiDialect(), true, "{\"contents\":[]}", "text/event-stream", GEMINI, cut);
            data(seen).forEach(StreamEndingTest::assertJson);
            assertThat(seen).endsWith("}\r\n\r\n");
            assertThat(count(seen, "\"finishReason\":\""))
                    .as("cut after %d: %s", cut, seen)
                    .isOne();
            if (cut < 3) {
                assertThat(seen)
                        .contains(
                                "\"finishReason\":\"MAX_TOKENS\"",
                                "\"promptTokenCount\":127",
                                "\"thoughtsTokenCount\":7",
                                "\"candidatesTokenCount\":43",
                                "\"totalTokenCount\":177");
            }
        }
    }

    @Test
    void a_gemini_array_is_closed() {
        List<String> elements = List.of(
                "[{\"candidates\":[{\"index\":0}]}", ",\r\n{\"candidates\":[{\"index\":0,\"finishReason\":2}]}");
        for (int cut = 0; cut <= 2; cut++) {
            // the splitter hands out elements without brackets and commas
            List<String> events = elements.subList(0, cut);
            String seen = String.join("", events)
                    + cut(
                                    new GeminiDialect(),
                                    true,
                                    "{\"contents\":[]}",
                                    "application/json; charset=UTF-8",
                                    elements.stream()
                                            .map(e -> e.substring(e.indexOf('{')))
                                            .toList(),
                                    cut)
                            .substring(elements.subList(0, cut).stream()
                                    .mapToInt(e -> e.length() - e.indexOf('{'))
                                    .sum());
            assertJson(seen);
            assertThat(count(seen, "finishReason")).as(seen).isOne();
        }
    }

    @Test
    void a_responses_stream_closes_its_message_and_tells_the_text_so_far() {
        String request = "{\"model\":\"gpt-5\",\"stream\":true,\"input\":\"hi\"}";
        for (int cut = 0; cut <= RESPONSE.size(); cut++) {
            String seen = cut(new OpenAiResponsesDialect(), false, request, null, RESPONSE, cut);
            List<String> data = data(seen);
            data.forEach(StreamEndingTest::assertJson);
            String last = data.getLast();
            if (cut == RESPONSE.size()) {
                assertThat(last).contains("response.completed");
                continue;
            }
            assertThat(last)
                    .as("cut after %d", cut)
                    .startsWith("{\"type\":\"response.incomplete\"")
                    .contains(
                            "\"status\":\"incomplete\"",
                            "{\"reason\":\"max_output_tokens\"}",
                            "\"input_tokens\":127",
                            "\"reasoning_tokens\":7",
                            "\"total_tokens\":177");
            if (cut > 0) {
                assertThat(last)
                        .contains(
                                "\"id\":\"resp_1\"",
                                "\"instructions\":\"be \\\"brief\\\"\"",
                                "\"metadata\":{\"a\": [1, 2]}",
                                "\"tools\":[{\"type\":\"function\"");
                for (int i = 0; i < data.size(); i++) {
                    assertThat(data.get(i)).contains("\"sequence_number\":" + i + ",");
                }
            }
            assertThat(count(seen, "event: response.output_text.done\n")).isEqualTo(cut >= 6 ? 1 : 0);
            assertThat(count(seen, "event: response.content_part.done\n")).isEqualTo(cut >= 6 ? 1 : 0);
            assertThat(last.contains("Grüß \\\"dich\\\" ")).as(last).isEqualTo(cut >= 8);
            assertThat(last.contains("Grüß \\\"dich")).isEqualTo(cut >= 7);
            assertThat(last).doesNotContain("fc_1");
            assertThat(last.contains("rs_1")).isEqualTo(cut >= 4);
        }
    }

    @Test
    void broken_events_are_passed_over() {
        List<String> broken =
                List.of("data: {\"choices\":[{\"index\":0,\n\n", "data: 5\n\n", "data: \n\n", "event: x\n\n");
        for (Dialect dialect : List.of(new OpenAiChatDialect(), new OpenAiResponsesDialect(), new AnthropicDialect())) {
            String seen = cut(dialect, false, "{\"model\":\"m\",\"stream\":true,\"max_tokens\":1}", null, broken, 4);
            assertThat(seen)
                    .endsWith("\n\n")
                    .hasSizeGreaterThan(String.join("", broken).length());
        }
        assertThat(cut(new GeminiDialect(), true, "{}", "text/event-stream", broken, 4))
                .contains("MAX_TOKENS");
    }
}
