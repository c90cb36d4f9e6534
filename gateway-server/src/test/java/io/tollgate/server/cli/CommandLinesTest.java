package io.tollgate.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.server.config.KeyHash;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class CommandLinesTest {
    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Command(name = "fail")
    static class FailCommand implements Callable<Integer> {
        @Override
        public Integer call() throws IOException {
            throw new IOException("the disk\nis full");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "bogus", "check --bogus", "keys", "keys create", "keys create --id a --tag team"})
    void bad_usage_is_one_line_and_exit_code_2(String line) {
        int code = line.isEmpty() ? run() : run(line.split(" "));

        assertThat(code).isEqualTo(2);
        assertThat(err.toString().lines()).hasSize(1);
        assertThat(err.toString()).startsWith("tollgate: ").contains("--help");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"--help", "--version", "check --help", "check --version", "keys --help", "keys create --version"
            })
    void help_and_version_are_everywhere(String line) {
        assertThat(run(line.split(" "))).isZero();
        assertThat(out.toString()).containsAnyOf("Usage: tollgate", "(Java ");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void a_failure_while_running_is_one_line_and_exit_code_1() {
        assertThat(run("fail")).isEqualTo(1);
        assertThat(err.toString()).isEqualToIgnoringNewLines("tollgate: IOException: the disk is full");
    }

    @Test
    void check_names_every_problem_and_returns_2() throws IOException {
        Path file = Files.writeString(folder.resolve("bad.yaml"), "timezone: Mars\nserver: {prot: 1}\n");

        assertThat(run("check", "--config", file.toString())).isEqualTo(2);
        assertThat(err.toString().lines()).hasSize(3).allMatch(line -> line.startsWith(file.toString()));
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void check_says_that_a_file_is_fine_and_what_is_not_acted_on() throws IOException {
        Path file = Files.writeString(
                folder.resolve("good.yaml"), "providers: {o: {dialect: openai, base_url: 'http://h/v1'}}\n");

        assertThat(run("check", "--config", file.toString())).isZero();
        assertThat(out.toString()).contains("good.yaml is fine: providers 1");
        assertThat(err.toString()).startsWith("warning: ").contains("providers.o.base_url ends in /v1");
    }

    @Test
    void keys_create_prints_the_key_once_and_an_entry_with_its_hash() {
        assertThat(run("keys", "create", "--id", "a", "--tag", "team=x", "--allow-model", "gpt-*"))
                .isZero();
        List<String> printed =
                out.toString().lines().filter(line -> !line.startsWith("#")).toList();

        assertThat(printed).hasSize(2);
        assertThat(printed.get(1))
                .isEqualTo("  - {id: a, hash: \"" + KeyHash.of(printed.get(0))
                        + "\", tags: {team: x}, allow_models: [\"gpt-*\"]}");
    }

    private int run(String... args) {
        CommandLine line = CommandLines.of(List.of(new CheckCommand(), new KeysCommand(), new FailCommand()));
        return line.setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(args);
    }
}
