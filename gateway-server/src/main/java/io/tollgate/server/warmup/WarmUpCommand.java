package io.tollgate.server.warmup;

import io.tollgate.server.accesslog.AccessFormat;
import io.tollgate.server.accesslog.AccessLog;
import io.tollgate.server.cli.ConfigFile;
import io.tollgate.server.cli.ExitCodes;
import io.tollgate.server.cli.ServeOptions;
import io.tollgate.server.cli.Serving;
import io.tollgate.server.config.ConfigException;
import io.tollgate.server.config.ConfigLoader;
import io.tollgate.server.config.Overrides;
import io.tollgate.server.config.yaml.Environment;
import io.tollgate.server.fakeprovider.FakeProvider;
import io.tollgate.server.fakeprovider.FakeProviderOptions;
import io.tollgate.server.serve.StartAhead;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code warm-up}, which the launcher runs once: a gateway in front of the simulated provider serves typical calls and
 * ends. The JVM records which classes and methods that took, and a start from that record answers its first caller as
 * if it had been running.
 */
@Command(name = "warm-up", hidden = true, description = "Serves typical calls in one process, then ends.")
public final class WarmUpCommand implements Callable<Integer> {
    private static final Logger log = LoggerFactory.getLogger(WarmUpCommand.class);

    /** Enough for what is hot to be compiled with full profiles, which the record then holds: some seconds. */
    private static final int ROUNDS = 12_000;

    private static final int CALLERS = 4;
    private static final String NUMBER = "NUMBER";
    private static final String MESSAGES =
            "\"messages\":[{\"role\":\"user\",\"content\":\"Say hello \\u263a, number " + NUMBER + "\"}]}";
    /** Each but the second is another question every time; that one the cache answers. */
    private static final List<Call> CALLS = List.of(
            new Call("/v1/chat/completions", chat("\"temperature\":0.7,")),
            new Call("/v1/chat/completions", chat("").replace(NUMBER, "one")),
            new Call("/v1/chat/completions", chat("")),
            new Call("/v1/chat/completions", chat("\"stream\":true,")),
            new Call("/v1/messages", "{\"model\":\"claude-haiku-4-5\",\"max_tokens\":50," + MESSAGES),
            new Call(
                    "/v1beta/models/gemini-2.5-flash:generateContent",
                    "{\"contents\":[{\"parts\":[{\"text\":\"Hi " + NUMBER + "\"}]}]}"));

    private record Call(String path, String body) {}

    private static String chat(String more) {
        return "{\"model\":\"gpt-4o-mini\"," + more + MESSAGES;
    }

    @Option(names = "--native", paramLabel = "DIR", description = "Where to unpack the native libraries.")
    private @Nullable Path nativeLibraries;

    @Override
    public Integer call() throws IOException, ConfigException {
        if (nativeLibraries != null) {
            NativeLibraries.unpack(nativeLibraries);
        }
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
                    cache: {exact: {enabled: true}}
                    """.formatted(data, provider.url(), provider.url(), provider.url());
            Path file = Files.writeString(data.resolve("tollgate.yaml"), yaml);
            AccessLog unread = new AccessLog(AccessFormat.JSON, OutputStream.nullOutputStream());
            PrintWriter warnings = new PrintWriter(System.err, false, System.err.charset());
            readShipped();
            StartAhead.begin();
            try (Serving serving = Serving.start(
                    Objects.requireNonNull(ServeOptions.plain("serve", "--config", file.toString(), "--port", "0")),
                    unread,
                    warnings)) {
                callAll(serving.url());
            }
        } finally {
            delete(data);
        }
        return ExitCodes.FINE;
    }

    /** As most starts do; what may be wrong with it is for {@code serve} to say. */
    private static void readShipped() throws IOException {
        try {
            new ConfigLoader(Environment.SYSTEM, Overrides.NONE).load(new ConfigFile().path());
        } catch (ConfigException e) {
            log.debug("the configuration beside the launcher has problems", e);
        }
    }

    private static void callAll(String url) throws IOException {
        AtomicInteger next = new AtomicInteger();
        Callable<Integer> caller = () -> {
            int number = next.getAndIncrement();
            for (; number < ROUNDS; number = next.getAndIncrement()) {
                Call call = CALLS.get(number % CALLS.size());
                post(url + call.path(), call.body().replace(NUMBER, Integer.toString(number)));
            }
            return number;
        };
        try (ExecutorService callers = Executors.newFixedThreadPool(CALLERS)) {
            for (Future<Integer> done : callers.invokeAll(Collections.nCopies(CALLERS, caller))) {
                done.get();
            }
        } catch (ExecutionException e) {
            throw new IOException("a call of the warm-up failed: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the warm-up was interrupted", e);
        }
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
