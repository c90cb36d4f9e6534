package io.tollgate.core.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.core.dialect.Dialect;
import io.tollgate.core.dialect.anthropic.AnthropicDialect;
import io.tollgate.core.dialect.openaichat.OpenAiChatDialect;
import org.junit.jupiter.api.Test;

class WrittenCallsTest {
    private static final String CALLS = "{'messages': [{'role': 'user', 'content': 'Weather?'},"
            + "{'role': 'assistant', 'content': null, 'tool_calls': [{'id': 'call_1', 'type': 'function', 'function': {'name': 'get_weather', 'arguments': '{}'}}]},"
            + "{'role': 'tool', 'tool_call_id': 'call_1', 'content': 'sunny'}]}";
    private static final String WRITTEN = "{'messages': [{'role': 'user', 'content': 'Weather?'},"
            + "{'role': 'assistant', 'content': '[{\\u0022id\\u0022: \\u0022call_1\\u0022, \\u0022type\\u0022: \\u0022function\\u0022, \\u0022function\\u0022: {\\u0022name\\u0022: \\u0022get_weather\\u0022, \\u0022arguments\\u0022: \\u0022{}\\u0022}}]'},"
            + "{'role': 'tool', 'content': 'sunny'}]}";

    private static long transcript(Dialect dialect, String path, String json, String model) {
        return InputEstimator.estimateTranscript(Requests.endpoint(dialect, path), Requests.body(json), model);
    }

    @Test
    void calls_written_out_in_a_recording_count_as_calls() {
        assertThat(transcript(new OpenAiChatDialect(), "/v1/chat/completions", WRITTEN, "gpt-4o"))
                .isEqualTo(Requests.chat("gpt-4o", CALLS));
    }

    @Test
    void in_a_request_they_are_the_text_they_are() {
        assertThat(Requests.chat("gpt-4o", WRITTEN)).isGreaterThan(Requests.chat("gpt-4o", CALLS) + 15);
    }

    @Test
    void text_and_calls_in_one_message_are_told_apart() {
        String written =
                "{'messages': [{'role': 'assistant', 'content': 'I look it up.\\n{\\u0022id\\u0022: \\u0022t\\u0022, \\u0022input\\u0022: {}, \\u0022name\\u0022: \\u0022look\\u0022, \\u0022type\\u0022: \\u0022tool_use\\u0022}'}]}";
        String real =
                "{'messages': [{'role': 'assistant', 'content': [{'type': 'text', 'text': 'I look it up.'}, {'type': 'tool_use', 'id': 't', 'name': 'look', 'input': {}}]}]}";
        assertThat(transcript(new AnthropicDialect(), "/v1/messages", written, "claude-sonnet-4-5"))
                .isEqualTo(Requests.anthropic("claude-sonnet-4-5", real));
    }

    @Test
    void other_json_stays_text() {
        String json =
                "{'messages': [{'role': 'assistant', 'content': '{\\u0022name\\u0022: \\u0022Bob\\u0022, \\u0022age\\u0022: 30}'}]}";
        assertThat(transcript(new OpenAiChatDialect(), "/v1/chat/completions", json, "gpt-4o"))
                .isEqualTo(Requests.chat("gpt-4o", json));
    }
}
