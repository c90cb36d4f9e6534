package io.tollgate.core.dialect.answer;

import java.util.Arrays;

/**
 * Takes a JSON string apart as its bytes pass: counts the UTF-8 bytes of its text and keeps them up to a bound. Escapes
 * may be split anywhere.
 */
final class StringDecoder {
    private static final int SMALLEST = 64;
    private static final int MAX_SEQUENCE = 4;
    private static final int REPLACEMENT = 0xFFFD;
    private static final int LONE_SURROGATE = 3;

    private final int limit;
    private byte[] kept = {};
    private boolean keeping;
    private int size;
    private int count;
    private int unit;
    private int digitsLeft;
    private int high;

    StringDecoder(int bound) {
        this.limit = bound + MAX_SEQUENCE;
    }

    /** The next string; {@code keep} when its text is wanted. */
    void start(boolean keep) {
        keeping = keep;
        size = 0;
        count = 0;
        high = 0;
    }

    /** Bytes without escapes. */
    void plain(byte[] lent, int offset, int length) {
        if (length > 0) {
            high = 0;
            count += length;
            if (keeping) {
                int room = Math.min(length, limit - size);
                makeRoom(room);
                System.arraycopy(lent, offset, kept, size, room);
                size += room;
            }
        }
    }

    /** Bytes without escapes that nobody wants kept. */
    void passed(int length) {
        if (length > 0) {
            high = 0;
            count += length;
        }
    }

    /** Drops what was kept: it has been told. */
    void told() {
        size = 0;
    }

    /** Whether the last escape was the first half of a pair. */
    boolean awaitsLowSurrogate() {
        return high != 0;
    }

    private void makeRoom(int more) {
        if (size + more > kept.length) {
            kept = Arrays.copyOf(kept, Math.min(limit, Math.max(SMALLEST, 2 * (size + more))));
        }
    }

    /** The byte behind a backslash; whether four hexadecimal digits follow. */
    boolean escape(byte b) {
        if (b == 'u') {
            digitsLeft = 4;
            unit = 0;
            return true;
        }
        high = 0;
        put(
                switch (b) {
                    case 'n' -> '\n';
                    case 'r' -> '\r';
                    case 't' -> '\t';
                    case 'b' -> '\b';
                    case 'f' -> '\f';
                    default -> b;
                });
        return false;
    }

    /** One of the four digits; whether more follow. */
    boolean digit(byte b) {
        unit = (unit << 4) | Math.max(0, Character.digit(b, 16));
        if (--digitsLeft > 0) {
            return true;
        }
        if (high != 0 && Character.isLowSurrogate((char) unit)) {
            int pair = Character.toCodePoint((char) high, (char) unit);
            size -= Math.min(size, LONE_SURROGATE);
            count -= LONE_SURROGATE;
            high = 0;
            encode(pair);
        } else {
            high = Character.isHighSurrogate((char) unit) ? unit : 0;
            encode(Character.isSurrogate((char) unit) ? REPLACEMENT : unit);
        }
        return false;
    }

    private void encode(int codePoint) {
        if (codePoint < 0x80) {
            put(codePoint);
        } else if (codePoint < 0x800) {
            put(0xC0 | (codePoint >> 6));
            put(0x80 | (codePoint & 0x3F));
        } else if (codePoint < 0x10000) {
            put(0xE0 | (codePoint >> 12));
            put(0x80 | (codePoint >> 6 & 0x3F));
            put(0x80 | (codePoint & 0x3F));
        } else {
            put(0xF0 | (codePoint >> 18));
            put(0x80 | (codePoint >> 12 & 0x3F));
            put(0x80 | (codePoint >> 6 & 0x3F));
            put(0x80 | (codePoint & 0x3F));
        }
    }

    private void put(int b) {
        count++;
        if (keeping && size < limit) {
            makeRoom(1);
            kept[size++] = (byte) b;
        }
    }

    /** Bytes of text counted since the last call. */
    int takeCount() {
        int taken = count;
        count = 0;
        return taken;
    }

    /** Whether the string was longer than the bound: then its text is not known. */
    boolean isTooLong() {
        return size > limit - MAX_SEQUENCE;
    }

    byte[] bytes() {
        return kept;
    }

    int size() {
        return size;
    }
}
