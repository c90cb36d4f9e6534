package io.tollgate.server.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code try}: one lever over a file of requests, offline. */
@Command(
        name = "try",
        description = "Runs one lever over a file of requests, offline: to check its quality before it is switched on.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            TryComplexityCommand.class,
            TryTokensCommand.class,
            TryCacheKeyCommand.class,
            TryTruncateCommand.class
        })
public final class TryCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "a command is missing: try complexity, try tokens, try cache-key, try truncate");
    }
}
