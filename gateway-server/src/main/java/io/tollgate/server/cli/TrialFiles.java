package io.tollgate.server.cli;

import io.tollgate.core.dialect.anthropic.AnthropicDialect;
import io.tollgate.core.dialect.endpoint.Dialects;
import io.tollgate.core.dialect.endpoint.Endpoints;
import io.tollgate.core.dialect.gemini.GeminiDialect;
import io.tollgate.server.config.Config;
import io.tollgate.server.config.ConfigException;
import io.tollgate.server.config.ConfigLoader;
import io.tollgate.server.config.Overrides;
import io.tollgate.server.config.yaml.Environment;
import io.tollgate.server.trial.TrialException;
import io.tollgate.server.trial.TrialReader;
import io.tollgate.server.trial.TrialRequest;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The options {@code --input}, {@code --output} and {@code --config} of every {@code try} command, and what they have in
 * common: a request per line in, an answer per line out, in order.
 */
public final class TrialFiles {
    @Mixin
    private ConfigFile configFile = new ConfigFile();

    @Option(
            names = "--input",
            paramLabel = "FILE.jsonl",
            required = true,
            description = {
                "Requests, one a line: {\"dialect\":\"openai-chat\",\"request\":{…}}, with path, headers and model"
                        + " where they matter, or {\"prompt\":\"…\"} for one user message."
                        + " Dialects: openai-chat, openai-responses, anthropic, gemini. - reads standard input."
            })
    private Path input = Path.of("-");

    @Option(
            names = "--output",
            paramLabel = "FILE.jsonl",
            description = "Where the answers go, one line each, in order. Default: standard output.")
    private @Nullable Path output;

    /** The configuration the levers are set up by. */
    public Config config() throws ConfigException {
        return new ConfigLoader(Environment.SYSTEM, Overrides.NONE)
                .load(configFile.path())
                .config();
    }

    /**
     * Answers every line. A file of answers appears whole, or not at all; a device or pipe is written to as it is.
     *
     * @param answer to one request, as one line of JSON
     * @throws UsageException when the input cannot be read or a line holds no request; the message says which
     */
    public void run(Config config, PrintWriter out, Function<TrialRequest, String> answer) throws IOException {
        Path file = output;
        if (file == null) {
            answerAll(config, out, answer);
            out.flush();
            return;
        }
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new UsageException("--output " + file + ": expected a file in a folder that exists");
        }
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            if (Files.isDirectory(file)) {
                throw new UsageException("--output " + file + " is a folder; expected a file");
            }
            try (BufferedWriter writer = Files.newBufferedWriter(file)) {
                answerAll(config, writer, answer);
            }
            return;
        }
        Path draft = folder.resolve(
                file.getFileName() + "." + ProcessHandle.current().pid() + ".new");
        try {
            try (BufferedWriter writer = Files.newBufferedWriter(draft)) {
                answerAll(config, writer, answer);
            }
            Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private void answerAll(Config config, Writer out, Function<TrialRequest, String> answer) throws IOException {
        Dialects dialects = new Dialects(new AnthropicDialect(), new GeminiDialect());
        Endpoints endpoints = new Endpoints(
                config.providers().values().stream()
                        .map(provider -> provider.toProvider())
                        .collect(Collectors.toMap(provider -> provider.name(), provider -> provider.family())),
                dialects);
        try (InputStream in = open()) {
            TrialReader reader = new TrialReader(in, dialects, endpoints);
            for (TrialRequest request = reader.next(); request != null; request = reader.next()) {
                out.write(answer.apply(request));
                out.write('\n');
            }
        } catch (TrialException e) {
            out.flush();
            throw new UsageException(input + " " + e.getMessage());
        }
    }

    private InputStream open() throws IOException {
        if (input.toString().equals("-")) {
            return System.in;
        }
        if (Files.isDirectory(input)) {
            throw new UsageException("--input " + input + " is a folder; expected a file of requests");
        }
        try {
            return Files.newInputStream(input);
        } catch (NoSuchFileException e) {
            throw new UsageException("--input " + input + ": there is no such file");
        }
    }
}
