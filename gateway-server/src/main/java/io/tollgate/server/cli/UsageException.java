package io.tollgate.server.cli;

/** The command was used wrongly: one line for the user, exit code 2. */
public final class UsageException extends RuntimeException {
    /** The line to show. */
    public UsageException(String message) {
        super(message);
    }
}
