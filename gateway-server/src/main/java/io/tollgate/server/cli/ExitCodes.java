package io.tollgate.server.cli;

/** What the process returns. */
public final class ExitCodes {
    /** All went well. */
    public static final int FINE = 0;
    /** It failed while running. */
    public static final int FAILED = 1;
    /** Bad usage or configuration. */
    public static final int BAD_USAGE = 2;

    private ExitCodes() {}
}
