package io.tollgate.cache.key;

/** Ends the walk over a body as soon as a reason to pass by the cache is found; carries no stack trace. */
final class BypassException extends RuntimeException {
    private final BypassReason reason;

    BypassException(BypassReason reason) {
        super(reason.token(), null, false, false);
        this.reason = reason;
    }

    BypassReason reason() {
        return reason;
    }
}
