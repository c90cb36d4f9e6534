package io.tollgate.server.admin;

/** A request to the admin port that cannot be answered; becomes problem+json. */
public final class AdminProblem extends RuntimeException {
    private final int status;

    /** With an HTTP status and what was wrong. */
    public AdminProblem(int status, String message) {
        super(message, null, false, false);
        this.status = status;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }
}
