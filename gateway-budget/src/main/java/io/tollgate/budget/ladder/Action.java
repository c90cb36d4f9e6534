package io.tollgate.budget.ladder;

import java.util.Locale;

/** What a rung does. */
public enum Action {
    /** Tells someone. Counts what is spent. */
    NOTIFY(1 << 0),
    /** Has the router choose cheaper models. Counts what is spent or held. */
    DOWNGRADE(1 << 1),
    /** Has the cap on output tokens lowered. Counts what is spent or held. */
    SHRINK_OUTPUT(1 << 2),
    /** Serves cache hits and refuses misses. Counts what is spent or held. */
    CACHE_ONLY(1 << 3),
    /** Refuses what no longer fits below it; without such a rung a budget only watches. */
    BLOCK(1 << 4);

    private final String wireName = name().toLowerCase(Locale.ROOT);
    private final int bit;

    Action(int bit) {
        this.bit = bit;
    }

    /** The name in the configuration and the admin API. */
    public String wireName() {
        return wireName;
    }

    /** Whether calls are treated differently while the rung is reached. */
    boolean steersCalls() {
        return this == DOWNGRADE || this == SHRINK_OUTPUT || this == CACHE_ONLY;
    }

    /** This action's place in a set of actions. */
    int bit() {
        return bit;
    }
}
