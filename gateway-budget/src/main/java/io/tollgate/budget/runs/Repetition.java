package io.tollgate.budget.runs;

import java.util.StringJoiner;

/**
 * Finds that a run's tool calls go in circles: the same call again and again, or the same few in turn (A-B-A-B). A call is
 * the same when tool and canonical arguments are. Guarded by its run's lock.
 */
final class Repetition {
    /** The longest circle that is noticed, in calls. */
    static final int LONGEST = 6;

    private static final int LONGEST_NAME = 64;

    private final long[] last = new long[LONGEST];
    private final String[] names = new String[LONGEST];
    /** By period, from 1: how many of the latest calls are the same as the one so many calls before. */
    private final int[] same = new int[LONGEST + 1];

    private int calls;

    void call(String name, long fingerprint) {
        for (int period = 1; period <= LONGEST; period++) {
            boolean again = period <= calls && last[Math.floorMod(calls - period, LONGEST)] == fingerprint;
            same[period] = again ? same[period] + 1 : 0;
        }
        last[calls % LONGEST] = fingerprint;
        names[calls % LONGEST] = name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME);
        calls = calls == Integer.MAX_VALUE - LONGEST ? calls % LONGEST + LONGEST : calls + 1;
    }

    /** How often the latest circle was gone round; 1 when nothing is repeated. */
    int rounds() {
        return 1 + same[period()] / period();
    }

    /** Calls in the circle: 1 for the same call in a row. */
    int period() {
        int best = 1;
        for (int period = 2; period <= LONGEST; period++) {
            if (same[period] / period > same[best] / best) {
                best = period;
            }
        }
        return best;
    }

    /** The tools in the circle, in their order. */
    String tools() {
        StringJoiner tools = new StringJoiner(", ");
        for (int back = Math.min(period(), calls); back > 0; back--) {
            tools.add(names[Math.floorMod(calls - back, LONGEST)]);
        }
        return tools.toString();
    }
}
