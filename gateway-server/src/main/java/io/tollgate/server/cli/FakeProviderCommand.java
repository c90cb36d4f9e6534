package io.tollgate.server.cli;

import io.tollgate.server.config.ConfigException;
import io.tollgate.server.config.yaml.ScalarTypes;
import io.tollgate.server.fakeprovider.FakeProvider;
import io.tollgate.server.fakeprovider.FakeProviderOptions;
import io.tollgate.server.fakeprovider.behaviour.Behaviour;
import io.tollgate.server.fakeprovider.script.ScriptFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code fake-provider}: runs the simulated provider alone until it is told to stop. */
@Command(
        name = "fake-provider",
        description =
                "Runs a simulated provider that speaks OpenAI, Azure OpenAI, Anthropic and Gemini; no key needed.")
public final class FakeProviderCommand implements Callable<Integer> {
    @Option(names = "--host", paramLabel = "HOST", description = "Address to listen on. Default: ${DEFAULT-VALUE}.")
    private String host = "127.0.0.1";

    @Option(names = "--port", paramLabel = "N", required = true, description = "Port. 0 picks one.")
    private int port;

    @Option(names = "--script", paramLabel = "FILE", description = "YAML file of rules: match requests, choose faults.")
    private @Nullable Path script;

    @Option(
            names = "--latency",
            paramLabel = "TIME",
            converter = DurationOption.class,
            description = "Time to the head of an answer, e.g. 200ms. Default: none.")
    private Duration latency = Duration.ZERO;

    @Option(
            names = "--pace",
            paramLabel = "TIME",
            converter = DurationOption.class,
            description = "Time between the events of a stream, e.g. 20ms. Default: none.")
    private Duration pace = Duration.ZERO;

    @Option(names = "--ask-credential", description = "Refuse requests without a credential with 401.")
    private boolean askCredential;

    @Option(names = "--cache-prompts", description = "Count prompt prefixes seen before as cached.")
    private boolean cachePrompts;

    @Option(names = "--fast", description = "Repeat ready-made answers: for load tests of what is in front of it.")
    private boolean fast;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** Reads {@code 20ms} as the configuration does. */
    static final class DurationOption implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            Duration duration = ScalarTypes.DURATION.parser().parse(text);
            if (duration == null || text.isEmpty()) {
                throw new TypeConversionException("'" + text + "' is not " + ScalarTypes.DURATION.expected());
            }
            return duration;
        }
    }

    @Override
    public Integer call() throws ConfigException, IOException, InterruptedException {
        if (port < 0 || port > 65_535) {
            throw new UsageException("--port is " + port + ", expected 0 to 65535");
        }
        Behaviour ordinary = Behaviour.reply().delay(latency).pace(pace);
        CountDownLatch stopped = new CountDownLatch(1);
        FakeProvider provider = FakeProvider.start(options().withOrdinary(ordinary));
        try {
            Path rules = script;
            if (rules != null) {
                ScriptFile.load(rules, ordinary, provider.rules());
            }
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                provider.close();
                stopped.countDown();
            }));
            spec.commandLine().getOut().println("listening " + provider.url());
            spec.commandLine().getOut().flush();
            stopped.await();
        } finally {
            provider.close();
        }
        return ExitCodes.FINE;
    }

    private FakeProviderOptions options() {
        FakeProviderOptions options = fast ? FakeProviderOptions.fast() : FakeProviderOptions.standard();
        options = options.on(host, port).keeping(0);
        options = askCredential ? options.askingCredential() : options;
        return cachePrompts ? options.cachingPrompts() : options;
    }
}
