package io.tollgate.server.cli;

import io.tollgate.server.config.ConfigException;
import java.io.PrintWriter;

/** Says on standard error why a command failed. */
final class Failures {
    private Failures() {}

    /** Every problem of a configuration, or one line; returns the exit code. */
    static int tell(Exception e, PrintWriter err) {
        if (e instanceof ConfigException refused) {
            refused.problems().forEach(err::println);
            return ExitCodes.BAD_USAGE;
        }
        if (e instanceof UsageException) {
            err.println("tollgate: " + oneLine(e));
            return ExitCodes.BAD_USAGE;
        }
        err.println("tollgate: " + e.getClass().getSimpleName() + ": " + oneLine(e));
        return ExitCodes.FAILED;
    }

    static String oneLine(Exception e) {
        String message = e.getMessage();
        return message == null ? "no message" : message.strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
