package io.tollgate.cache.key;

import java.util.Arrays;

/** A growing array of bytes that is written, read back and cut off again. Reused; one thread. */
final class Scratch {
    private static final int SMALLEST = 16 * 1024;
    private static final int WORTH_KEEPING = 256 * 1024;
    private static final int INT = 4;

    private byte[] bytes = new byte[SMALLEST];
    private int size;

    byte[] bytes() {
        return bytes;
    }

    int size() {
        return size;
    }

    void add(int b) {
        room(1);
        bytes[size++] = (byte) b;
    }

    void add(byte[] source, int offset, int length) {
        room(length);
        System.arraycopy(source, offset, bytes, size, length);
        size += length;
    }

    /** Room for a length, to be set later; answers where. */
    int reserveInt() {
        room(INT);
        size += INT;
        return size - INT;
    }

    void setInt(int at, int value) {
        bytes[at] = (byte) (value >>> 24);
        bytes[at + 1] = (byte) (value >>> 16);
        bytes[at + 2] = (byte) (value >>> 8);
        bytes[at + 3] = (byte) value;
    }

    int intAt(int at) {
        return (bytes[at] << 24)
                | ((bytes[at + 1] & 0xFF) << 16)
                | ((bytes[at + 2] & 0xFF) << 8)
                | (bytes[at + 3] & 0xFF);
    }

    /** Takes back what was written from {@code at} on. */
    void cut(int at) {
        size = at;
    }

    /** Makes room for so many bytes without writing them. */
    void room(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length << 1, size + more));
        }
    }

    /** Empties it; one rare large body does not hold its memory for ever. */
    void clear() {
        size = 0;
        if (bytes.length > WORTH_KEEPING) {
            bytes = new byte[SMALLEST];
        }
    }
}
