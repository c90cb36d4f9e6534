package io.tollgate.core.exchange;

import org.jspecify.annotations.Nullable;

/**
 * A fact of an exchange that is decided exactly once. Reading it early or deciding it twice is a programming error and
 * throws, naming the fact. Confined to the exchange's event loop.
 *
 * @param <T> the fact's type
 */
public final class Decided<T> {
    private final String name;
    private @Nullable T value;

    /** An undecided fact that calls itself {@code name} in its errors. */
    public Decided(String name) {
        this.name = name;
    }

    /** Settles the fact. */
    public void decide(T decision) {
        if (value != null) {
            throw new IllegalStateException(name + " is already decided: " + value + ", refused: " + decision);
        }
        value = decision;
    }

    /** The decision; throws when there is none yet. */
    public T get() {
        T decision = value;
        if (decision == null) {
            throw new IllegalStateException(name + " is read before it is decided");
        }
        return decision;
    }

    /** The decision, or null when the exchange never got that far. */
    public @Nullable T orNull() {
        return value;
    }

    /** Whether it is decided. */
    public boolean isDecided() {
        return value != null;
    }
}
