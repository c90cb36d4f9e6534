package io.tollgate.budget.ladder;

/** A set of actions as bits, so that a hot path carries it without an object. */
public final class Actions {
    /** No action. */
    public static final int NONE = 0;

    private Actions() {}

    /** Whether {@code set} holds {@code action}. */
    public static boolean contains(int set, Action action) {
        return (set & action.bit()) != 0;
    }
}
