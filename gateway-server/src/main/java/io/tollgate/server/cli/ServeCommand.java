package io.tollgate.server.cli;

import io.tollgate.server.accesslog.AccessFormat;
import io.tollgate.server.accesslog.AccessLog;
import io.tollgate.server.config.ConfigException;
import io.tollgate.server.config.ConfigLoader;
import io.tollgate.server.config.ConfigSource;
import io.tollgate.server.config.Overrides;
import io.tollgate.server.config.yaml.Environment;
import io.tollgate.server.serve.GatewayServer;
import io.tollgate.server.serve.Wiring;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code serve}: runs the gateway until it is told to stop. */
@Command(name = "serve", description = "Runs the gateway. SIGTERM lets answers under way end, then stops.")
public final class ServeCommand implements Callable<Integer> {
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    /** How requests are logged. */
    enum AccessLogging {
        AUTO,
        JSON,
        CONSOLE,
        OFF
    }

    @Mixin
    private ConfigFile configFile = new ConfigFile();

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "Traffic port, instead of the configuration's. 0 picks one.")
    private @Nullable Integer port;

    @Option(names = "--admin-port", paramLabel = "N", description = "Admin port, instead of the configuration's.")
    private @Nullable Integer adminPort;

    @Option(names = "--data", paramLabel = "DIR", description = "Folder of the ledger, instead of the configuration's.")
    private @Nullable Path data;

    @Option(
            names = "--access-log",
            paramLabel = "FORMAT",
            description = "One line per request on standard output: ${COMPLETION-CANDIDATES}. AUTO: CONSOLE at a"
                    + " terminal, else JSON.")
    private AccessLogging accessLogging = AccessLogging.AUTO;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws ConfigException, IOException, InterruptedException {
        ConfigLoader loader = new ConfigLoader(Environment.SYSTEM, new Overrides(port, adminPort, data));
        try (ConfigSource source = new ConfigSource(configFile.path(), List.of(), loader, Clock.systemUTC())) {
            source.status()
                    .warnings()
                    .forEach(warning -> spec.commandLine().getErr().println("warning: " + warning));
            GatewayServer server = GatewayServer.start(source.current(), Wiring.DEFAULT.with(accessLog()));
            CountDownLatch stopped = new CountDownLatch(1);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                server.close();
                stopped.countDown();
            }));
            source.watch(LOOK_EVERY, server::reload);
            server.configuredBy(source);
            spec.commandLine().getOut().println("listening " + server.url());
            spec.commandLine().getOut().println("listening " + server.adminUrl());
            spec.commandLine().getOut().flush();
            stopped.await();
        }
        return ExitCodes.FINE;
    }

    @SuppressWarnings("SystemConsoleNull") // a console that is not a terminal is what AUTO asks about
    private @Nullable AccessLog accessLog() {
        AccessFormat format = switch (accessLogging) {
            case OFF -> null;
            case JSON -> AccessFormat.JSON;
            case CONSOLE -> AccessFormat.CONSOLE;
            case AUTO ->
                System.console() != null && System.console().isTerminal() ? AccessFormat.CONSOLE : AccessFormat.JSON;
        };
        return format == null ? null : new AccessLog(format, new FileOutputStream(FileDescriptor.out));
    }
}
