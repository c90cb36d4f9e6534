package io.tollgate.server.cli;

import io.tollgate.server.accesslog.AccessLog;
import io.tollgate.server.config.ConfigException;
import io.tollgate.server.config.ConfigLoader;
import io.tollgate.server.config.ConfigSource;
import io.tollgate.server.config.Overrides;
import io.tollgate.server.config.yaml.Environment;
import io.tollgate.server.serve.GatewayServer;
import io.tollgate.server.serve.Wiring;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** A gateway that serves what its configuration file says, and follows that file. */
public final class Serving implements AutoCloseable {
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private final ConfigSource source;
    private final GatewayServer server;

    private Serving(ConfigSource source, GatewayServer server) {
        this.source = source;
        this.server = server;
    }

    /** Reads the configuration and starts; warnings go to {@code err}. */
    public static Serving start(ServeOptions options, @Nullable AccessLog accessLog, PrintWriter err)
            throws ConfigException, IOException {
        Overrides overrides = new Overrides(options.port(), options.adminPort(), options.data());
        ConfigSource source = new ConfigSource(
                ConfigFile.orDefault(options.config()),
                List.of(),
                new ConfigLoader(Environment.SYSTEM, overrides),
                Clock.systemUTC());
        try {
            source.status().warnings().forEach(warning -> err.println("warning: " + warning));
            GatewayServer server = GatewayServer.start(source.current(), Wiring.DEFAULT.with(accessLog));
            source.watch(LOOK_EVERY, server::reload);
            server.configuredBy(source);
            return new Serving(source, server);
        } catch (IOException | RuntimeException e) {
            source.close();
            throw e;
        }
    }

    /** Serves, where the command line is one that needs no parser ({@link ServeOptions#plain}): the exit code, or null. */
    public static @Nullable Integer plain(String... args) {
        PrintWriter err = new PrintWriter(System.err, true, System.err.charset());
        try {
            ServeOptions options = ServeOptions.plain(args);
            return options == null
                    ? null
                    : (Integer) untilStopped(options, new PrintWriter(System.out, false, System.out.charset()), err);
        } catch (ConfigException | IOException | InterruptedException | RuntimeException e) {
            return Failures.tell(e, err);
        }
    }

    /** Serves until SIGTERM, and lets answers under way end; returns the exit code. */
    static int untilStopped(ServeOptions options, PrintWriter out, PrintWriter err)
            throws ConfigException, IOException, InterruptedException {
        CountDownLatch stopped = new CountDownLatch(1);
        try (Serving serving = start(options, options.accessLogging().log(), err)) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                serving.server.close();
                stopped.countDown();
            }));
            out.println("listening " + serving.url());
            out.println("listening " + serving.server.adminUrl());
            out.flush();
            stopped.await();
        }
        return ExitCodes.FINE;
    }

    /** Where callers call. */
    public String url() {
        return server.url();
    }

    /** Stops, as {@link GatewayServer#close} does; a second time changes nothing. */
    @Override
    public void close() {
        source.close();
        server.close();
    }
}
