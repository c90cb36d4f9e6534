package io.tollgate.core.dialect.replay.form;

/** An answer cannot be told in the other form without guessing. Carries no stack trace. */
public final class UnconvertibleException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Because of what the answer holds. */
    public UnconvertibleException(String reason) {
        super(reason, null, false, false);
    }
}
