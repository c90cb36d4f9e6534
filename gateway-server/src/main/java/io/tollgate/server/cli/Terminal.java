package io.tollgate.server.cli;

/** Whether somebody looks at what the process prints. */
final class Terminal {
    private Terminal() {}

    /** Whether standard input and output are a terminal. */
    @SuppressWarnings("SystemConsoleNull") // a console that is not a terminal is what this asks about
    static boolean isThere() {
        return System.console() != null && System.console().isTerminal();
    }
}
