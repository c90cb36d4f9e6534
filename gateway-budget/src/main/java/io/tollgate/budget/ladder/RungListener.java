package io.tollgate.budget.ladder;

/** Hears of every rung that is reached. */
@FunctionalInterface
public interface RungListener {
    /** Called on whichever thread spent the money, often an event loop: must not block. */
    void reached(RungReached event);
}
