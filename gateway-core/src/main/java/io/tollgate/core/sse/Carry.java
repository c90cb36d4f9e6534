package io.tollgate.core.sse;

import java.util.Arrays;

/** The start of an event whose end has not come yet: a reused, growing array. */
final class Carry {
    private static final int SMALLEST = 1024;
    private static final int WORTH_KEEPING = 64 * 1024;
    private static final byte[] NONE = new byte[0];

    private byte[] array = NONE;
    private int size;

    void add(byte[] lent, int offset, int length) {
        if (size + length > array.length) {
            array = Arrays.copyOf(array, Math.max(SMALLEST, Integer.highestOneBit(size + length - 1) << 1));
        }
        System.arraycopy(lent, offset, array, size, length);
        size += length;
    }

    byte[] array() {
        return array;
    }

    int size() {
        return size;
    }

    /** Empties it; one rare large event does not hold its memory for the rest of the stream. */
    void clear() {
        size = 0;
        if (array.length > WORTH_KEEPING) {
            array = NONE;
        }
    }
}
