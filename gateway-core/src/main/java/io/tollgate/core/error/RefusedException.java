package io.tollgate.core.error;

/** Thrown where a request turns out to be refusable deep inside a reader; carries no stack trace. */
public final class RefusedException extends RuntimeException {
    private final transient Refusal refusal;

    /** Because of {@code refusal}. */
    public RefusedException(Refusal refusal) {
        super(refusal.message(), null, false, false);
        this.refusal = refusal;
    }

    /** A malformed request, with what was wrong and where. */
    public static RefusedException malformed(String message) {
        return new RefusedException(new Refusal(ErrorKind.MALFORMED, message));
    }

    /** Why. */
    public Refusal refusal() {
        return refusal;
    }
}
