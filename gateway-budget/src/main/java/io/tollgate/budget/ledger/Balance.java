package io.tollgate.budget.ledger;

import io.tollgate.budget.ladder.Marks;

/**
 * How an account stands at one moment.
 *
 * @param marks the limit in force and its rungs
 * @param spentNanos nano-dollars spent in the period, overrun included
 * @param heldNanos nano-dollars held by calls under way
 * @param overrunNanos nano-dollars that were billed beyond a hold and beyond what was left
 * @param holds calls under way
 * @param fired the rungs reached, as bits in the ladder's order
 * @param firedAt when each was, epoch milliseconds
 */
public record Balance(
        Marks marks,
        long spentNanos,
        long spentTokens,
        long heldNanos,
        long heldTokens,
        long overrunNanos,
        long overrunTokens,
        int holds,
        int fired,
        long[] firedAt) {
    /** Nano-dollars of the limit that are neither spent nor held, at least 0; -1 without a limit on money. */
    public long remainingNanos() {
        return remaining(marks.limitNanos(), spentNanos, heldNanos);
    }

    /** As {@link #remainingNanos()}, in tokens. */
    public long remainingTokens() {
        return remaining(marks.limitTokens(), spentTokens, heldTokens);
    }

    private static long remaining(long limit, long spent, long held) {
        return limit < 0 ? -1 : Math.max(0, limit - spent - held);
    }

    /** Whether the rung in this place of the ladder has been reached. */
    public boolean reached(int rung) {
        return (fired & 1 << rung) != 0;
    }

    /** Whether this balance has less of its limit left than the other, in proportion. */
    public boolean tighterThan(Balance other) {
        return compareLeft(this, other) < 0;
    }

    private static int compareLeft(Balance a, Balance b) {
        // Parts per billion of what is left, the scarcer of money and tokens: exact enough to choose one to name.
        return Long.compare(a.leftPerBillion(), b.leftPerBillion());
    }

    private long leftPerBillion() {
        return Math.min(
                perBillion(remainingNanos(), marks.limitNanos()), perBillion(remainingTokens(), marks.limitTokens()));
    }

    private static long perBillion(long part, long whole) {
        if (whole < 0) {
            return Long.MAX_VALUE;
        }
        if (whole == 0) {
            return 0;
        }
        return part <= Long.MAX_VALUE / 1_000_000_000
                ? part * 1_000_000_000 / whole
                : part / Math.max(1, whole / 1_000_000_000);
    }
}
