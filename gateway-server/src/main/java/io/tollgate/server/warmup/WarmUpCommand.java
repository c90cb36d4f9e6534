package io.tollgate.server.warmup;

import io.tollgate.server.accesslog.AccessFormat;
import io.tollgate.server.accesslog.AccessLog;
import io.tollgate.server.cli.ExitCodes;
import io.tollgate.server.config.ConfigException;
import io.tollgate.server.config.ConfigLoader;
import io.tollgate.server.config.Overrides;
import io.tollgate.server.fakeprovider.FakeProvider;
import io.tollgate.server.fakeprovider.FakeProviderOptions;
import io.tollgate.server.serve.GatewayServer;
import io.tollgate.server.serve.Wiring;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/**
 * {@code warm-up}, which the launcher runs once: a gateway in front of the simulated provider serves typical calls and
 * ends. The JVM records which classes and methods that took, and a start from that record answers its first caller as
 * if it had been running.
 */
@Command(name = "warm-up", hidden = true, description = "Serves typical calls in one process, then ends.")
public final class WarmUpCommand implements Callable<Integer> {
    private static final int ROUNDS = 300;
    private static final String MESSAGES = "\"messages\":[{\"role\":\"user\",\"content\":\"Say hello\"}]}";
    private static final List<Call> CALLS = List.of(
            new Call("/v1/chat/completions", chat("")),
            new Call("/v1/chat/completions", chat("\"stream\":true,")),
            new Call("/v1/messages", "{\"model\":\"claude-haiku-4-5\",\"max_tokens\":50," + MESSAGES),
            new Call(
                    "/v1beta/models/gemini-2.5-flash:generateContent",
                    "{\"contents\":[{\"parts\":[{\"text\":\"Hi\"}]}]}"));

    private record Call(String path, String body) {}

    private static String chat(String more) {
        return "{\"model\":\"gpt-4o-mini\"," + more + MESSAGES;
    }

    @Override
    public Integer call() throws IOException, ConfigException {
        Path data = Files.createTempDirectory("tollgate-warm-up");
        try (FakeProvider provider = FakeProvider.start(FakeProviderOptions.fast())) {
            String yaml = """
                    server: {port: 0}
                    admin: {port: 0}
                    data_dir: '%s'
                    providers:
                      openai: {dialect: openai, base_url: '%s'}
                      anthropic: {dialect: anthropic, base_url: '%s'}
                      gemini: {dialect: gemini, base_url: '%s'}
                    """.formatted(data, provider.url(), provider.url(), provider.url());
            var loaded = new ConfigLoader(name -> null, Overrides.NONE).parse("warm-up", yaml, data);
            Wiring wiring = Wiring.DEFAULT.with(new AccessLog(AccessFormat.JSON, OutputStream.nullOutputStream()));
            try (GatewayServer server = GatewayServer.start(loaded.config(), wiring)) {
                for (int i = 0; i < ROUNDS; i++) {
                    Call call = CALLS.get(i % CALLS.size());
                    post(server.url() + call.path(), call.body());
                }
            }
        } finally {
            delete(data);
        }
        return ExitCodes.FINE;
    }

    private static void post(String url, String body) throws IOException {
        var connection = URI.create(url).toURL().openConnection();
        connection.setDoOutput(true);
        connection.setRequestProperty("content-type", "application/json");
        connection.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
        try (InputStream answer = connection.getInputStream()) {
            answer.readAllBytes();
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
