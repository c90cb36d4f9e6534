package io.tollgate.server.cli;

import io.tollgate.server.config.ConfigException;
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
                    .println("tollgate: " + oneLine(e) + " (see "
                            + where.getCommandSpec().qualifiedName() + " --help)");
            return ExitCodes.BAD_USAGE;
        });
        tollgate.setExecutionExceptionHandler((e, where, result) -> failed(e, where));
        tollgate.setCaseInsensitiveEnumValuesAllowed(true);
        return tollgate;
    }

    private static void addStandardOptions(CommandLine command) {
        command.getCommandSpec().mixinStandardHelpOptions(true).versionProvider(new Version());
        command.getSubcommands().values().forEach(CommandLines::addStandardOptions);
    }

    private static int failed(Exception e, CommandLine where) {
        if (e instanceof ConfigException refused) {
            refused.problems().forEach(problem -> where.getErr().println(problem));
            return ExitCodes.BAD_USAGE;
        }
        if (e instanceof UsageException) {
            where.getErr().println("tollgate: " + oneLine(e));
            return ExitCodes.BAD_USAGE;
        }
        where.getErr().println("tollgate: " + e.getClass().getSimpleName() + ": " + oneLine(e));
        return ExitCodes.FAILED;
    }

    private static String oneLine(Exception e) {
        String message = e.getMessage();
        return message == null ? "no message" : message.strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
