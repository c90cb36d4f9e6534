package io.tollgate.cache.key;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The text of a JSON string, whichever way it was written: UTF-8, escapes resolved. A lone surrogate, which UTF-8 cannot
 * hold, becomes the byte 0xFF (no UTF-8 text has it, and the tokenizer refuses it) and its two bytes, so that it equals
 * nothing else.
 */
final class CanonicalString {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;
    private static final long BACKSLASHES = ONES * '\\';
    private static final long QUOTES = ONES * '"';
    private static final int ESCAPE_LENGTH = 6;

    private CanonicalString() {}

    /** Writes the string whose first byte behind the opening quote is at {@code from}; it must end before {@code limit}. */
    static void write(byte[] source, int from, int limit, Scratch out) {
        int at = from;
        while (true) {
            int stop = special(source, at, limit);
            out.add(source, at, stop - at);
            if (stop == limit) {
                throw new BypassException(BypassReason.MALFORMED);
            }
            if (source[stop] == '"') {
                return;
            }
            at = unescape(source, stop, limit, out);
        }
    }

    /** The next quote or backslash, eight bytes at a time; {@code limit} when there is none. */
    private static int special(byte[] source, int from, int limit) {
        int at = from;
        for (; at + Long.BYTES <= limit; at += Long.BYTES) {
            long bytes = (long) LONGS.get(source, at);
            long marks = zeros(bytes ^ QUOTES) | zeros(bytes ^ BACKSLASHES);
            if (marks != 0) {
                return at + (Long.numberOfTrailingZeros(marks) >>> 3);
            }
        }
        while (at < limit && source[at] != '"' && source[at] != '\\') {
            at++;
        }
        return at;
    }

    /** The lowest set bit lies in the first zero byte; none is set where there is no zero byte. */
    private static long zeros(long bytes) {
        return (bytes - ONES) & ~bytes & HIGHS;
    }

    private static int unescape(byte[] source, int backslash, int limit, Scratch out) {
        int kind = backslash + 1 < limit ? source[backslash + 1] : -1;
        switch (kind) {
            case '"', '\\', '/' -> out.add(kind);
            case 'b' -> out.add('\b');
            case 'f' -> out.add('\f');
            case 'n' -> out.add('\n');
            case 'r' -> out.add('\r');
            case 't' -> out.add('\t');
            case 'u' -> {
                return codeUnits(source, backslash, limit, out);
            }
            default -> throw new BypassException(BypassReason.MALFORMED);
        }
        return backslash + 2;
    }

    private static int codeUnits(byte[] source, int backslash, int limit, Scratch out) {
        char unit = unit(source, backslash, limit);
        int next = backslash + ESCAPE_LENGTH;
        if (Character.isHighSurrogate(unit)
                && next + 1 < limit
                && source[next] == '\\'
                && source[next + 1] == 'u'
                && Character.isLowSurrogate(unit(source, next, limit))) {
            utf8(Character.toCodePoint(unit, unit(source, next, limit)), out);
            return next + ESCAPE_LENGTH;
        }
        if (Character.isSurrogate(unit)) {
            out.add(0xFF);
            out.add(unit >> 8);
            out.add(unit);
        } else {
            utf8(unit, out);
        }
        return next;
    }

    private static char unit(byte[] source, int backslash, int limit) {
        int unit = 0;
        for (int i = backslash + 2; i < backslash + ESCAPE_LENGTH; i++) {
            int digit = i < limit ? Character.digit(source[i], 16) : -1;
            if (digit < 0) {
                throw new BypassException(BypassReason.MALFORMED);
            }
            unit = (unit << 4) | digit;
        }
        return (char) unit;
    }

    private static void utf8(int point, Scratch out) {
        if (point < 0x80) {
            out.add(point);
        } else if (point < 0x800) {
            out.add(0xC0 | (point >> 6));
            out.add(0x80 | (point & 0x3F));
        } else if (point < 0x10000) {
            out.add(0xE0 | (point >> 12));
            out.add(0x80 | ((point >> 6) & 0x3F));
            out.add(0x80 | (point & 0x3F));
        } else {
            out.add(0xF0 | (point >> 18));
            out.add(0x80 | ((point >> 12) & 0x3F));
            out.add(0x80 | ((point >> 6) & 0x3F));
            out.add(0x80 | (point & 0x3F));
        }
    }
}
