package io.tollgate.server.cli;

import io.tollgate.server.config.ConfigException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code serve}: runs the gateway until it is told to stop. */
@Command(name = "serve", description = "Runs the gateway. SIGTERM lets answers under way end, then stops.")
public final class ServeCommand implements Callable<Integer> {
    @Mixin
    private ConfigFile configFile = new ConfigFile();

    @Option(
            names = ServeOptions.PORT,
            paramLabel = "N",
            description = "Traffic port, instead of the configuration's. 0 picks one.")
    private @Nullable Integer port;

    @Option(
            names = ServeOptions.ADMIN_PORT,
            paramLabel = "N",
            description = "Admin port, instead of the configuration's.")
    private @Nullable Integer adminPort;

    @Option(
            names = ServeOptions.DATA,
            paramLabel = "DIR",
            description = "Folder of the ledger, instead of the configuration's.")
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
        return Serving.untilStopped(
                options(), spec.commandLine().getOut(), spec.commandLine().getErr());
    }

    /** What the command line said. */
    ServeOptions options() {
        return new ServeOptions(configFile.given(), port, adminPort, data, accessLogging);
    }
}
