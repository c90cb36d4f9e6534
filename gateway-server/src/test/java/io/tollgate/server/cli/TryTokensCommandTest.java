package io.tollgate.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TryTokensCommandTest {
    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        List<String> all = new ArrayList<>(List.of("try", "tokens", "--config", "../config/tollgate.yaml"));
        all.addAll(List.of(arguments));
        return CommandLines.of(List.of(new TryCommand()))
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err, true))
                .execute(all.toArray(String[]::new));
    }

    private String input(String... lines) throws IOException {
        return Files.write(folder.resolve("in.jsonl"), List.of(lines)).toString();
    }

    @Test
    void every_line_is_answered_in_order_in_its_dialect() throws IOException {
        String file = input(
                "{\"prompt\":\"hello world\"}",
                "{\"prompt\":\"hello world\",\"model\":\"gpt-4o\",\"id\":7}",
                "",
                "{\"dialect\":\"openai-chat\",\"request\":{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"hello world\"}]}}",
                "{\"dialect\":\"openai-responses\",\"headers\":{\"x-tollgate-team\":\"a\"},\"request\":{\"model\":\"gpt-5\",\"input\":\"hello world\"}}",
                "{\"dialect\":\"anthropic\",\"path\":\"/v1/messages?beta=true\",\"request\":{\"model\":\"claude-sonnet-4-5\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"hello world\"}]}}",
                "{\"dialect\":\"gemini\",\"path\":\"/v1beta/models/gemini-2.5-flash:generateContent\",\"request\":{\"contents\":[{\"parts\":[{\"text\":\"hello world\"}]}]}}");

        assertThat(run("--input", file)).isZero();
        assertThat(out.toString().lines().map(line -> line.replaceAll(",\"hold_tokens\":\\d+}", "")))
                .containsExactly(
                        "{\"model\":null,\"input_tokens\":9",
                        "{\"model\":\"gpt-4o\",\"input_tokens\":9",
                        "{\"model\":\"gpt-4o\",\"input_tokens\":9",
                        "{\"model\":\"gpt-5\",\"input_tokens\":8",
                        "{\"model\":\"claude-sonnet-4-5\",\"input_tokens\":9",
                        "{\"model\":\"gemini-2.5-flash\",\"input_tokens\":2");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void what_is_held_is_enough_and_not_absurd() throws IOException {
        assertThat(run("--input", input("{\"prompt\":\"" + "Some words of plain English. ".repeat(200) + "\"}")))
                .isZero();
        String[] numbers = out.toString().strip().replaceAll("[^0-9,]", "").split(",");
        long tokens = Long.parseLong(numbers[1]);
        assertThat(Long.parseLong(numbers[2])).isBetween(tokens, 3 * tokens);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "not json | line 2: is not valid JSON",
                "[1] | line 2: is not a JSON object",
                "{} | line 2: has neither request nor prompt",
                "{\"prompt\":\"a\",\"request\":{}} | line 2: has both request and prompt",
                "{\"prompt\":7} | line 2: 'prompt' is no string",
                "{\"request\":{}} | line 2: has no dialect; expected one of [openai-chat, openai-responses, anthropic, gemini]",
                "{\"dialect\":\"klingon\",\"request\":{}} | line 2: dialect 'klingon' is unknown",
                "{\"dialect\":\"anthropic\",\"request\":[]} | line 2: 'request' is no object",
                "{\"dialect\":\"anthropic\",\"request\":{\"model\":1}} | line 2: model at byte",
                "{\"dialect\":\"openai-chat\",\"request\":{\"model\":\"a\",\"model\":\"b\"}} | line 2: duplicate key \"model\"",
                "{\"dialect\":\"anthropic\",\"path\":\"/v1/chat/completions\",\"request\":{}} | line 2: path /v1/chat/completions is openai-chat, dialect says anthropic",
                "{\"dialect\":\"anthropic\",\"path\":\"/nowhere\",\"request\":{}} | line 2: nothing is served at POST /nowhere",
                "{\"prompt\":\"a\",\"prompt\":\"b\"} | line 2: has 'prompt' twice",
                "{\"prompt\":\"a\"} {} | line 2: goes on behind its JSON object",
                "{\"prompt\":\"a\",\"headers\":{\"a b\":\"c\"}} | line 2: header 'a b' cannot be sent",
                "{\"prompt\":\"a\",\"headers\":{\"a\":1}} | line 2: 'headers.a' is no string"
            })
    void a_malformed_line_is_named_with_what_was_expected(String line, String message) throws IOException {
        assertThat(run("--input", input("{\"prompt\":\"fine\"}", line))).isEqualTo(2);
        assertThat(err.toString().lines()).hasSize(1);
        assertThat(err.toString()).startsWith("tollgate: ").contains("in.jsonl " + message);
    }

    @Test
    void a_file_of_answers_appears_whole_or_not_at_all() throws IOException {
        Path answers = folder.resolve("out.jsonl");
        assertThat(run("--input", input("{\"prompt\":\"a\"}", "broken"), "--output", answers.toString()))
                .isEqualTo(2);
        assertThat(answers).doesNotExist();
        assertThat(run("--input", input("{\"prompt\":\"a\"}", "{\"prompt\":\"b\"}"), "--output", answers.toString()))
                .isZero();
        assertThat(Files.readAllLines(answers)).hasSize(2);
        assertThat(out.toString()).isEmpty();
        try (var files = Files.list(folder)) {
            assertThat(files).as("no draft is left").hasSize(2);
        }
    }

    @Test
    void bytes_that_are_no_text_are_refused() throws IOException {
        byte[] line = "{\"prompt\":\"?\"}".getBytes(StandardCharsets.UTF_8);
        line[11] = (byte) 0xFF;
        Files.write(folder.resolve("in.jsonl"), line);
        assertThat(run("--input", folder.resolve("in.jsonl").toString())).isEqualTo(2);
        assertThat(err.toString()).contains("line 1: is not valid JSON");
    }

    @Test
    void missing_files_are_named() {
        assertThat(run("--input", folder.resolve("none").toString())).isEqualTo(2);
        assertThat(err.toString()).contains("there is no such file");
        assertThat(run()).isEqualTo(2);
        assertThat(err.toString()).contains("--input");
    }
}
