package io.tollgate.budget.usagelog;

/** The ledger cannot be opened, read or written; the message names the file and what to do about it. */
public final class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** A failure that is explained by its message alone. */
    public StoreException(String message) {
        super(message);
    }

    /** A failure with its cause. */
    public StoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
