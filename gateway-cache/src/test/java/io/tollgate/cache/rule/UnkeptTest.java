package io.tollgate.cache.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.core.dialect.Operation;
import io.tollgate.core.exchange.End;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnkeptTest {
    @ParameterizedTest
    @CsvSource({
        "openai-chat, stop",
        "openai-chat, eos",
        "openai-completions, stop",
        "openai-responses, completed",
        "anthropic, end_turn",
        "anthropic, stop_sequence",
        "gemini, STOP"
    })
    void an_answer_that_ended_by_itself_is_kept(String dialect, String finish) {
        assertThat(finished(dialect, finish)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "openai-chat, length",
        "openai-chat, content_filter",
        "openai-chat, tool_calls",
        "openai-chat, error",
        "openai-chat,",
        "openai-chat, end_turn",
        "openai-responses, max_output_tokens",
        "openai-responses, failed",
        "openai-responses,",
        "anthropic, max_tokens",
        "anthropic, refusal",
        "anthropic, pause_turn",
        "anthropic, tool_use",
        "anthropic,",
        "gemini, MAX_TOKENS",
        "gemini, SAFETY",
        "gemini,",
        "openai-tunnel, stop"
    })
    void one_that_was_cut_filtered_or_ended_otherwise_is_not(String dialect, @Nullable String finish) {
        assertThat(finished(dialect, finish)).isEqualTo(Unkept.FINISH);
    }

    @Test
    void the_first_reason_is_told() {
        AnswerFacts fine =
                new AnswerFacts("openai-chat", Operation.GENERATE, 200, End.COMPLETE, "stop", false, false, true);
        assertThat(Unkept.reason(fine)).isNull();
        assertThat(reason(500, End.COMPLETE, false, false, true)).isEqualTo(Unkept.STATUS);
        assertThat(reason(204, End.COMPLETE, false, false, true)).isEqualTo(Unkept.STATUS);
        assertThat(reason(200, End.CLIENT_GONE, false, false, true)).isEqualTo(Unkept.INCOMPLETE);
        assertThat(reason(200, End.CUT_BY_BUDGET, false, false, true)).isEqualTo(Unkept.INCOMPLETE);
        assertThat(reason(200, End.COMPLETE, false, false, false)).isEqualTo(Unkept.TOO_LARGE);
        assertThat(reason(200, End.COMPLETE, true, false, true)).isEqualTo(Unkept.TOOL_CALLS);
        assertThat(reason(200, End.COMPLETE, false, true, true)).isEqualTo(Unkept.REFUSED);
    }

    @Test
    void vectors_have_no_finish_reason() {
        AnswerFacts vectors =
                new AnswerFacts("openai-embeddings", Operation.EMBED, 200, End.COMPLETE, null, false, false, true);

        assertThat(Unkept.reason(vectors)).isNull();
    }

    private static @Nullable Unkept finished(String dialect, @Nullable String finish) {
        return Unkept.reason(
                new AnswerFacts(dialect, Operation.GENERATE, 200, End.COMPLETE, finish, false, false, true));
    }

    private static @Nullable Unkept reason(int status, End end, boolean tools, boolean refused, boolean recorded) {
        return Unkept.reason(
                new AnswerFacts("openai-chat", Operation.GENERATE, status, end, "stop", tools, refused, recorded));
    }
}
