package io.tollgate.core.dialect.replay;

import static io.tollgate.core.dialect.AnswerPlayer.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.core.dialect.JsonTree;
import io.tollgate.core.dialect.Recorded;
import io.tollgate.core.dialect.replay.form.StreamForm;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Converts every recorded answer there is both ways; what both forms tell is read a second time, from trees. */
class RecordedFormsTest {
    private int streams;
    private int plains;
    private int convertedStreams;
    private int convertedPlains;
    private int equalAgain;

    @ParameterizedTest
    @CsvSource({
        "openai-chat, openai azure groq deepseek mistral openrouter perplexity ollama together cerebras huggingface snowflake crusoe local bedrock-mantle, openai.chat, 50, 117",
        "openai-completions, openai local writer, openai.completions, 0, 5",
        "openai-responses, openai azure openrouter deepseek xai bedrock-mantle, openai.responses, 25, 81",
        "anthropic, anthropic local, anthropic.messages, 24, 51",
        "gemini, gemini, gemini.streamGenerateContent, 18, 0",
        "gemini, gemini, gemini.generateContent, 0, 37",
        "gemini, vertex, vertex.streamGenerateContent, 4, 0",
        "gemini, vertex, vertex.generateContent, 0, 13"
    })
    void both_forms_of_a_recorded_answer_tell_the_same(
            String dialect, String hosts, String api, int leastStreams, int leastPlains, TestReporter reporter)
            throws Exception {
        for (String host : hosts.split(" ")) {
            for (Recorded recorded : Recorded.file(host + "__" + api + ".jsonl")) {
                if (recorded.status() == 200 && !recorded.answer().isBlank()) {
                    convert(dialect, host, recorded, reporter);
                }
            }
        }
        reporter.publishEntry(
                dialect + " " + api,
                convertedStreams + " of " + streams + " streams, " + convertedPlains + " of " + plains
                        + " plain answers, " + equalAgain + " of these equal again");
        assertThat(convertedStreams).isGreaterThanOrEqualTo(leastStreams);
        assertThat(convertedPlains).isGreaterThanOrEqualTo(leastPlains);
        assertThat(equalAgain).isEqualTo(convertedPlains);
    }

    private void convert(String dialect, String host, Recorded recorded, TestReporter reporter) {
        String answer = recorded.answer();
        String hint = host + " " + recorded.id();
        boolean plain = answer.stripLeading().startsWith("{");
        byte[] other = plain ? asStream(dialect, answer) : asPlain(dialect, answer);
        streams += plain ? 0 : 1;
        plains += plain ? 1 : 0;
        if (other == null) {
            reporter.publishEntry("not converted: " + hint + (plain ? ", plain" : ", stream"), shown(answer));
            return;
        }
        String converted = new String(other, StandardCharsets.UTF_8);
        if (plain) {
            convertedPlains++;
            assertThat(Told.stream(dialect, converted)).as(hint).isEqualTo(Told.plain(dialect, answer));
            byte[] again = Objects.requireNonNull(asPlain(dialect, converted), hint);
            Object tree = JsonTree.parse(new String(again, StandardCharsets.UTF_8));
            if (Objects.equals(tree, withUsualMembers(JsonTree.parse(answer)))) {
                equalAgain++;
            } else {
                reporter.publishEntry("not equal again: " + hint, new String(again, StandardCharsets.UTF_8));
            }
        } else {
            convertedStreams++;
            assertThat(Told.plain(dialect, converted)).as(hint).isEqualTo(Told.stream(dialect, answer));
            byte[] again = Objects.requireNonNull(asStream(dialect, converted), hint);
            assertThat(Told.stream(dialect, new String(again, StandardCharsets.UTF_8)))
                    .as(hint)
                    .isEqualTo(Told.stream(dialect, answer));
        }
    }

    /** Some hosts number the tool calls of a plain answer, where their place says the same, or leave out content that is null. */
    @SuppressWarnings("unchecked")
    private static @Nullable Object withUsualMembers(@Nullable Object answer) {
        for (Object choice : Told.list(JsonTree.at(answer, "choices"))) {
            if (JsonTree.at(choice, "message") instanceof Map<?, ?> message) {
                ((Map<String, @Nullable Object>) message).putIfAbsent("content", null);
            }
            for (Object call : Told.list(JsonTree.at(choice, "message", "tool_calls"))) {
                ((Map<?, ?>) call).remove("index");
            }
        }
        return answer;
    }

    private static String shown(String answer) {
        return answer.substring(Math.max(0, answer.length() - 300)).replaceAll("\\s+", " ");
    }

    private static ReplyForms forms(String dialect) {
        return Objects.requireNonNull(ReplyForms.of(dialect));
    }

    private static byte @Nullable [] asStream(String dialect, String plain) {
        byte[] stream = forms(dialect).asStream(utf8(plain), StreamForm.EVENTS_WITH_USAGE);
        if (stream != null && dialect.equals("gemini")) {
            byte[] array = forms(dialect).asStream(utf8(plain), StreamForm.JSON_ARRAY);
            assertThat(Told.events(new String(Objects.requireNonNull(array), StandardCharsets.UTF_8)))
                    .isEqualTo(Told.events(new String(stream, StandardCharsets.UTF_8)));
        }
        return stream;
    }

    private static byte @Nullable [] asPlain(String dialect, String stream) {
        return forms(dialect).asPlain(utf8(stream));
    }
}
