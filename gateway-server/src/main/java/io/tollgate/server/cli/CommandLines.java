package io.tollgate.server.cli;

import java.util.List;
import java.util.Objects;
import picocli.CommandLine;

/** Puts the commands together: help and version everywhere, short errors, the exit codes of {@link ExitCodes}. */
public final class CommandLines {
    private CommandLines() {}

    /** The whole command line with these commands below {@code tollgate}. */
    public static CommandLine of(List<Object> commands) {
        CommandLine tollgate = new CommandLine(new TollgateCommand());
        commands.forEach(tollgate::addSubcommand);
        addStandardOptions(tollgate);
        // An inner command's handlers are those of the outermost.
        tollgate.setParameterExceptionHandler((e, args) -> {
            CommandLine where = Objects.requireNonNull(e.getCommandLine());
            where.getErr()
                    .println("tollgate: " + Failures.oneLine(e) + " (see "
                            + where.getCommandSpec().qualifiedName() + " --help)");
            return ExitCodes.BAD_USAGE;
        });
        tollgate.setExecutionExceptionHandler((e, where, result) -> Failures.tell(e, where.getErr()));
        tollgate.setCaseInsensitiveEnumValuesAllowed(true);
        return tollgate;
    }

    private static void addStandardOptions(CommandLine command) {
        command.getCommandSpec().mixinStandardHelpOptions(true).versionProvider(new Version());
        command.getSubcommands().values().forEach(CommandLines::addStandardOptions);
    }
}
