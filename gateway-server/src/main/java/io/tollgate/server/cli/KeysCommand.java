package io.tollgate.server.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code keys}: virtual keys. */
@Command(
        name = "keys",
        description = "Virtual keys.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = KeysCreateCommand.class)
public final class KeysCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing: keys create");
    }
}
