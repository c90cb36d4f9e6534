package io.tollgate.budget.ladder;

import java.math.BigDecimal;

/**
 * One rung.
 *
 * @param at share of the limit, 1 being all of it; above 0
 * @param level of the alert it sends
 */
public record Rung(BigDecimal at, Action action, Level level) {
    /** Normalises the share, so that 0.5 and 0.50 are one rung. */
    public Rung {
        if (at.signum() <= 0) {
            throw new IllegalArgumentException("a rung stands above 0% of its limit, not at " + at);
        }
        at = at.stripTrailingZeros();
    }

    /** What it is known by wherever it is stored, e.g. {@code notify@0.5}; rungs of one budget that share it are one. */
    public String id() {
        return action.wireName() + "@" + at.toPlainString();
    }

    /** The share as people write it, e.g. {@code 50%}. */
    public String percent() {
        return at.movePointRight(2).stripTrailingZeros().toPlainString() + "%";
    }
}
