package io.tollgate.budget.ladder;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A budget has reached a rung, for the first time in its period.
 *
 * @param budget its name
 * @param each which of the budget's accounts: the value of each dimension under {@code each}; empty when it has one
 * @param spentNanos nano-dollars spent in the period
 * @param heldNanos nano-dollars held by calls under way
 * @param limitNanos the limit in force, raises included; -1 for none
 * @param limitTokens as {@code limitNanos}, in tokens
 * @param period the period's name in the configuration
 * @param zone whose calendar the period follows
 * @param from when the period began; null for {@code total}
 * @param resets when the period ends; null for {@code total}
 * @param at when the rung was reached
 */
public record RungReached(
        String budget,
        Map<String, String> each,
        Rung rung,
        long spentNanos,
        long spentTokens,
        long heldNanos,
        long heldTokens,
        long limitNanos,
        long limitTokens,
        String period,
        ZoneId zone,
        @Nullable Instant from,
        @Nullable Instant resets,
        Instant at) {
    /**
     * The same for every telling of this event, also by a gateway that was killed before it noted having told it: what
     * receivers drop duplicates by.
     */
    public String eventId() {
        return "budget/" + budget + "/" + each + "/" + (from == null ? "total" : from) + "/" + rung.id();
    }
}
