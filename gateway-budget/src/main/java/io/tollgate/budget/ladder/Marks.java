package io.tollgate.budget.ladder;

import java.util.List;

/**
 * A ladder set against a limit: the amounts at which each rung is reached, in nano-dollars and in tokens; the sooner of
 * the two counts. Immutable; {@link #NEVER} stands where there is no such limit.
 */
public final class Marks {
    /** More than anyone spends. */
    public static final long NEVER = Long.MAX_VALUE;

    private final List<Rung> rungs;
    private final int all;
    private final int steering;
    private final long limitNanos;
    private final long limitTokens;
    private final long blockNanos;
    private final long blockTokens;
    private final long[] nanos;
    private final long[] tokens;

    Marks(
            Ladder ladder,
            long limitNanos,
            long limitTokens,
            long blockNanos,
            long blockTokens,
            long[] nanos,
            long[] tokens) {
        this.rungs = ladder.rungs();
        this.all = (1 << rungs.size()) - 1;
        this.limitNanos = limitNanos;
        this.limitTokens = limitTokens;
        this.blockNanos = blockNanos;
        this.blockTokens = blockTokens;
        this.nanos = nanos;
        this.tokens = tokens;
        int found = 0;
        for (int i = 0; i < rungs.size(); i++) {
            found |= rungs.get(i).action().steersCalls() ? 1 << i : 0;
        }
        this.steering = found;
    }

    /** The whole limit in nano-dollars; -1 for none. */
    public long limitNanos() {
        return limitNanos;
    }

    /** The whole limit in tokens; -1 for none. */
    public long limitTokens() {
        return limitTokens;
    }

    /** Spent and held must not exceed this together. */
    public long blockNanos() {
        return blockNanos;
    }

    /** As {@link #blockNanos()}, in tokens. */
    public long blockTokens() {
        return blockTokens;
    }

    /**
     * Which rungs these amounts reach, as bits in the ladder's order, beyond those already {@code fired}.
     *
     * @param refused whether a call has just been refused: reaches every block rung
     */
    public int reached(int fired, long spentNanos, long spentTokens, long heldNanos, long heldTokens, boolean refused) {
        if (fired == all) {
            return 0;
        }
        int reached = 0;
        for (int i = 0; i < nanos.length; i++) {
            if ((fired & 1 << i) == 0) {
                Action action = rungs.get(i).action();
                long held = action.steersCalls() ? heldNanos : 0;
                long heldOfTokens = action.steersCalls() ? heldTokens : 0;
                if (spentNanos + held >= nanos[i]
                        || spentTokens + heldOfTokens >= tokens[i]
                        || (refused && action == Action.BLOCK)) {
                    reached |= 1 << i;
                }
            }
        }
        return reached;
    }

    /** What is to be done with a call that comes while this much is spent or held, as {@link Actions}. */
    public int actions(long usedNanos, long usedTokens) {
        if (steering == 0) {
            return Actions.NONE;
        }
        int actions = Actions.NONE;
        for (int i = 0; i < nanos.length; i++) {
            if ((steering & 1 << i) != 0 && (usedNanos >= nanos[i] || usedTokens >= tokens[i])) {
                actions |= rungs.get(i).action().bit();
            }
        }
        return actions;
    }

    /** Lowest first. */
    public List<Rung> rungs() {
        return rungs;
    }
}
