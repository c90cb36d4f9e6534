package io.tollgate.core.dialect.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** How long a JSON string's text is once unescaped, without unescaping it. */
final class JsonText {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;
    private static final long BACKSLASHES = ONES * '\\';

    private JsonText() {}

    /** UTF-8 bytes of the text between two quotes of valid JSON. */
    static int length(byte[] bytes, int from, int to) {
        int length = to - from;
        int at = backslash(bytes, from, to);
        while (at < to) {
            int raw = rawLength(bytes, at, to);
            length -= raw - decodedLength(bytes, at, raw);
            at = backslash(bytes, at + raw, to);
        }
        return length;
    }

    /** The next backslash, thirty-two bytes at a time, then eight, then one; {@code to} when there is none. */
    private static int backslash(byte[] bytes, int from, int to) {
        int at = from;
        for (; at + 4 * Long.BYTES <= to; at += 4 * Long.BYTES) {
            long any = marks(bytes, at) | marks(bytes, at + 8) | marks(bytes, at + 16) | marks(bytes, at + 24);
            if (any != 0) {
                break;
            }
        }
        for (; at + Long.BYTES <= to; at += Long.BYTES) {
            long marks = marks(bytes, at);
            if (marks != 0) {
                return at + (Long.numberOfTrailingZeros(marks) >>> 3);
            }
        }
        while (at < to && bytes[at] != '\\') {
            at++;
        }
        return at;
    }

    /** The lowest set bit lies in the first byte of the eight that is a backslash; zero when none is. */
    private static long marks(byte[] bytes, int at) {
        long difference = (long) LONGS.get(bytes, at) ^ BACKSLASHES;
        return (difference - ONES) & ~difference & HIGHS;
    }

    private static int rawLength(byte[] bytes, int at, int to) {
        if (at + 6 > to || bytes[at + 1] != 'u') {
            return Math.min(2, to - at);
        }
        boolean pair = Character.isHighSurrogate((char) unit(bytes, at))
                && at + 12 <= to
                && bytes[at + 6] == '\\'
                && bytes[at + 7] == 'u'
                && Character.isLowSurrogate((char) unit(bytes, at + 6));
        return pair ? 12 : 6;
    }

    private static int decodedLength(byte[] bytes, int at, int raw) {
        if (raw == 12) {
            return 4;
        }
        int unit = raw == 6 ? unit(bytes, at) : 0;
        return unit < 0x80 ? 1 : unit < 0x800 ? 2 : 3;
    }

    private static int unit(byte[] bytes, int at) {
        int unit = 0;
        for (int i = at + 2; i < at + 6; i++) {
            unit = unit << 4 | Math.max(0, Character.digit(bytes[i], 16));
        }
        return unit;
    }
}
