package io.tollgate.server.trial;

/** A line that is no request: says which line, what is wrong with it, and what was expected. */
public final class TrialException extends Exception {
    /** Of this line, from 1. */
    TrialException(long line, String message) {
        super("line " + line + ": " + message);
    }
}
