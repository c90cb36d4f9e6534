package io.tollgate.budget.ladder;

/** Hears of every rung that is reached. */
@FunctionalInterface
public interface RungListener {
    /** A rung was reached; whoever calls says on which thread. */
    void reached(RungReached event);
}
