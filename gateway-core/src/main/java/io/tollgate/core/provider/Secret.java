package io.tollgate.core.provider;

/** A credential that does not show itself in logs, errors or the admin API. */
public final class Secret {
    private final String value;

    /** Wraps {@code value}. */
    public Secret(String value) {
        this.value = value;
    }

    /** The credential itself: for the upstream request's header and nothing else. */
    public String reveal() {
        return value;
    }

    @Override
    public String toString() {
        return "***";
    }
}
