package io.tollgate.server.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code train}: makes weights from examples, offline. */
@Command(
        name = "train",
        description = "Trains what the gateway learns offline.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = TrainComplexityCommand.class)
public final class TrainCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing: train complexity");
    }
}
