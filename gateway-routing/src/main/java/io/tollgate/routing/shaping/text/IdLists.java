package io.tollgate.routing.shaping.text;

import java.util.Arrays;

/** Lists of words' numbers, one behind the other. Not thread-safe. */
final class IdLists {
    private int[] ids = new int[256];
    private int size;
    private int[] ends = new int[32];
    private int lists;

    /** Adds to the last list. */
    void add(int id) {
        if (size == ids.length) {
            ids = Arrays.copyOf(ids, size * 2);
        }
        ids[size++] = id;
    }

    /** The last list is whole. */
    void end() {
        if (lists == ends.length) {
            ends = Arrays.copyOf(ends, lists * 2);
        }
        ends[lists++] = size;
    }

    int from(int list) {
        return list == 0 ? 0 : ends[list - 1];
    }

    int to(int list) {
        return ends[list];
    }

    int length(int list) {
        return to(list) - from(list);
    }

    /** What stands at a place between {@link #from} and {@link #to}. */
    int at(int place) {
        return ids[place];
    }

    /** Words by list, on average; at least one. */
    double average() {
        return lists == 0 ? 1 : Math.max(1, (double) size / lists);
    }
}
