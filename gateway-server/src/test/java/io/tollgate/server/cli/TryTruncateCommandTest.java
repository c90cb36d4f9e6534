package io.tollgate.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TryTruncateCommandTest {
    private static final Pattern ANSWER =
            Pattern.compile("\\{\"request\":(\\{.*}),\"tokens_before\":(\\d+),\"tokens_after\":(\\d+)}");

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        List<String> all = new ArrayList<>(List.of("try", "truncate", "--config", "../config/tollgate.yaml"));
        all.addAll(List.of(arguments));
        return CommandLines.of(List.of(new TryCommand()))
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err, true))
                .execute(all.toArray(String[]::new));
    }

    private static String documents() {
        StringBuilder text = new StringBuilder();
        for (int i = 1; i <= 40; i++) {
            String more = i == 23 ? "Its lighthouse was built by Ada Brown in 1871." : "A market is held on Mondays.";
            text.append(String.format(
                    Locale.ROOT, "Document [%d](Title: Town %d) The town lies by a river. %s\\n", i, i, more));
        }
        return text + "\\nQuestion: who built the lighthouse?";
    }

    private String input(String... lines) throws IOException {
        return Files.write(folder.resolve("in.jsonl"), List.of(lines)).toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"start", "end", "middle", "paragraphs", "relevant"})
    void each_line_keeps_to_the_tokens_and_its_question_in_its_dialect(String strategy) throws IOException {
        String text = documents();
        String file = input(
                "{\"prompt\":\"" + text + "\"}",
                "{\"dialect\":\"gemini\",\"request\":{\"contents\":[{\"parts\":[{\"text\":\"" + text + "\"}]}]}}",
                "{\"dialect\":\"anthropic\",\"request\":{\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\""
                        + text + "\"}]}}",
                "{\"dialect\":\"openai-responses\",\"request\":{\"input\":\"" + text + "\"}}",
                "{\"prompt\":\"short\"}");
        assertThat(run("--input", file, "--max-input-tokens", "250", "--strategy", strategy))
                .as(err.toString())
                .isZero();
        List<String> answers = out.toString().lines().toList();
        assertThat(answers).hasSize(5);
        for (String answer : answers) {
            Matcher read = ANSWER.matcher(answer);
            assertThat(read.matches()).as(answer).isTrue();
            assertThat(Long.parseLong(read.group(3))).as(answer).isLessThanOrEqualTo(250);
        }
        assertThat(answers.subList(0, 4))
                .allMatch(answer -> answer.contains("Question: who built the lighthouse?"))
                .allMatch(answer -> !strategy.equals("relevant") || answer.contains("Ada Brown"));
        assertThat(answers.getLast()).contains("\"content\":\"short\"");
    }

    @Test
    void what_it_cannot_use_it_says() throws IOException {
        String file = input("{\"prompt\":\"a\"}");
        assertThat(run("--input", file, "--max-input-tokens", "0")).isEqualTo(2);
        assertThat(run("--input", file, "--max-input-tokens", "9", "--strategy", "best"))
                .isEqualTo(2);
        assertThat(err.toString())
                .contains("--max-input-tokens 0: expected a number from 1 up")
                .contains("--strategy best is unknown; expected start, end, middle, paragraphs or relevant");
    }
}
