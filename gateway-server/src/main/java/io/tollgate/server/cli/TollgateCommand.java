package io.tollgate.server.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./tollgate} without a command. */
@Command(
        name = "tollgate",
        description = "An LLM gateway: provable savings, budgets that hold, no visible slowdown.",
        synopsisSubcommandLabel = "COMMAND")
public final class TollgateCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }
}
