package io.tollgate.budget.runs;

import java.util.Arrays;

/**
 * The tool calls of a run that were counted: a small set of fingerprints, up to {@link #MOST}, 4 KB at its largest.
 * Guarded by its run's lock.
 */
final class SeenCalls {
    /** More calls than nearly any run makes. */
    static final int MOST = 256;

    private static final int FIRST = 16;

    private long[] table = {};
    private int size;

    boolean contains(long call) {
        return table.length > 0 && table[slot(call)] != 0;
    }

    /** Notes a call; false when there is no room. */
    boolean add(long call) {
        if (contains(call)) {
            return true;
        }
        if (size >= MOST) {
            return false;
        }
        if (2 * (size + 1) > table.length) {
            grow();
        }
        table[slot(call)] = nonZero(call);
        size++;
        return true;
    }

    boolean isFull() {
        return size >= MOST;
    }

    private void grow() {
        long[] old = table;
        table = new long[Math.max(FIRST, 2 * old.length)];
        Arrays.stream(old).filter(call -> call != 0).forEach(call -> table[slot(call)] = call);
    }

    /** Where the call is, or the free place where it belongs; at most half of the places are taken. */
    private int slot(long call) {
        long wanted = nonZero(call);
        int at = (int) (wanted >>> 40) & table.length - 1;
        while (table[at] != 0 && table[at] != wanted) {
            at = at + 1 & table.length - 1;
        }
        return at;
    }

    private static long nonZero(long call) {
        return call == 0 ? 1 : call;
    }
}
