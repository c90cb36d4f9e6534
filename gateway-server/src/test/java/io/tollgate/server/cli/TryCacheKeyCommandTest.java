package io.tollgate.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class TryCacheKeyCommandTest {
    @TempDir
    Path folder;

    @Test
    void requests_that_mean_the_same_have_one_key() throws IOException {
        List<String> answers = answers(
                "{\"dialect\":\"openai-chat\",\"request\":{\"model\":\"gpt-4o\",\"messages\":[],\"seed\":1}}",
                "{\"request\":{\"seed\":1.0,\"messages\":[ ],\"stream\":true,\"model\":\"gpt-4\\u006f\"},\"dialect\":\"openai-chat\"}",
                "{\"dialect\":\"openai-chat\",\"path\":\"/openai/v1/chat/completions\",\"request\":{\"model\":\"gpt-4o\",\"messages\":[],\"seed\":1}}",
                "{\"dialect\":\"openai-chat\",\"request\":{\"model\":\"gpt-4o\",\"messages\":[],\"seed\":2}}");

        assertThat(answers.getFirst()).matches("\\{\"key\":\"[0-9a-f]{64}\"}");
        assertThat(answers.get(1)).isEqualTo(answers.getFirst());
        assertThat(answers.get(2)).isEqualTo(answers.getFirst());
        assertThat(answers.get(3)).isNotEqualTo(answers.getFirst());
    }

    @Test
    void headers_tell_callers_apart_and_say_what_they_want() throws IOException {
        String request = ",\"request\":{\"model\":\"claude-haiku-4-5\",\"max_tokens\":9,\"messages\":[]}}";
        List<String> answers = answers(
                "{\"dialect\":\"anthropic\",\"headers\":{\"x-api-key\":\"a\"}" + request,
                "{\"dialect\":\"anthropic\",\"headers\":{\"x-api-key\":\"b\"}" + request,
                "{\"dialect\":\"anthropic\",\"headers\":{\"x-tollgate-cache\":\"off\"}" + request,
                "{\"dialect\":\"anthropic\",\"headers\":{\"x-tollgate-cache\":\"perhaps\"}" + request);

        assertThat(answers.get(0)).isNotEqualTo(answers.get(1)).contains("\"key\"");
        assertThat(answers.get(2)).isEqualTo("{\"bypass\":\"off\"}");
        assertThat(answers.get(3)).isEqualTo("{\"bypass\":\"malformed\"}");
    }

    @Test
    void the_configuration_says_who_is_cached_and_when() throws IOException {
        Path config = Files.writeString(folder.resolve("t.yaml"), """
                providers: {openai: {dialect: openai, base_url: 'http://h'}}
                cache:
                  exact: {scope: global, rules: [{match: {feature: faq}, when: always}]}
                  no_store: [{team: legal}]
                """);
        String request = ",\"request\":{\"model\":\"m\",\"messages\":[],\"temperature\":0.5}}";
        List<String> answers = answers(
                config,
                "{\"dialect\":\"openai-chat\",\"headers\":{}" + request,
                "{\"dialect\":\"openai-chat\",\"headers\":{\"x-tollgate-feature\":\"faq\"}" + request,
                "{\"dialect\":\"openai-chat\",\"headers\":{\"x-tollgate-team\":\"legal\"}" + request);

        assertThat(answers.get(0)).isEqualTo("{\"bypass\":\"temperature\"}");
        assertThat(answers.get(1)).contains("\"key\"");
        assertThat(answers.get(2)).isEqualTo("{\"bypass\":\"no-store\"}");
    }

    private List<String> answers(String... requests) throws IOException {
        return answers(Path.of("..", "config", "tollgate.yaml"), requests);
    }

    private List<String> answers(Path config, String... requests) throws IOException {
        Path input = Files.write(folder.resolve("requests.jsonl"), List.of(requests));
        StringWriter out = new StringWriter();
        CommandLine line = CommandLines.of(List.of(new TryCommand())).setOut(new PrintWriter(out));
        int exit = line.execute("try", "cache-key", "--input", input.toString(), "--config", config.toString());
        assertThat(exit).isZero();
        return out.toString().lines().toList();
    }
}
