package io.tollgate.core.exchange;

import io.tollgate.core.provider.Target;

/**
 * Limits that count a call where it goes, and may have nothing left there though they let it in where it was asked for.
 * Asked before a call is led to another target. Confined to the exchange's loop.
 */
public interface TargetLimit {
    /** Whether the call would be let in there at this moment; takes nothing. */
    boolean admits(Target target);

    /** Lets it in there, too, or takes nothing. What is taken is settled when the exchange is over. */
    boolean enter(Target target);
}
