package io.tollgate.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class FakeProviderCommandTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    @Test
    void it_says_where_it_listens_and_follows_its_script() throws Exception {
        Path script = script("rules: [{match: {path: /v1/models}, respond: {status: 418, body: teapot}}]");
        Thread running = Thread.ofPlatform()
                .daemon()
                .start(() -> run("--port", "0", "--script", script.toString(), "--latency", "1ms"));
        await().atMost(PATIENCE).until(() -> out.toString().contains("\n"));
        String url = out.toString().strip().replace("listening ", "");
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> response = client.send(
                    HttpRequest.newBuilder(URI.create(url + "/v1/models")).build(),
                    HttpResponse.BodyHandlers.ofString());

            assertThat(response.statusCode()).isEqualTo(418);
            assertThat(response.body()).isEqualTo("teapot");
        }
        running.interrupt();
        assertThat(running.join(PATIENCE)).isTrue();
    }

    @Test
    void a_missing_port_and_a_pace_that_is_no_duration_are_bad_usage() {
        assertThat(run()).isEqualTo(ExitCodes.BAD_USAGE);
        assertThat(err.toString()).contains("--port");
        assertThat(run("--port", "0", "--pace", "quick")).isEqualTo(ExitCodes.BAD_USAGE);
        assertThat(err.toString()).contains("'quick' is not a duration, such as 500ms");
        assertThat(run("--port", "70000")).isEqualTo(ExitCodes.BAD_USAGE);
        assertThat(err.toString()).contains("--port is 70000, expected 0 to 65535");
    }

    @Test
    void a_script_with_problems_is_refused_with_all_of_them() throws Exception {
        Path script = script("rules: [{respond: {satus: 500}}]\nrule: x");

        assertThat(run("--port", "0", "--script", script.toString())).isEqualTo(ExitCodes.BAD_USAGE);
        assertThat(err.toString()).contains("did you mean \"status\"?").contains("did you mean \"rules\"?");
    }

    private Path script(String yaml) throws IOException {
        return Files.writeString(folder.resolve("script.yaml"), yaml);
    }

    private int run(String... options) {
        CommandLine tollgate = CommandLines.of(List.of(new FakeProviderCommand()));
        tollgate.setOut(new PrintWriter(out, true));
        tollgate.setErr(new PrintWriter(err, true));
        String[] args = new String[options.length + 1];
        args[0] = "fake-provider";
        System.arraycopy(options, 0, args, 1, options.length);
        return tollgate.execute(args);
    }
}
