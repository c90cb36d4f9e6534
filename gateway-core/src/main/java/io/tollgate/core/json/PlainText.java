package io.tollgate.core.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Finds where the plain part of a JSON string ends, many bytes at a time: most bytes of most requests are plain. */
final class PlainText {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;
    private static final long BLANKS = ONES * ' ';
    private static final long QUOTES = ONES * '"';
    private static final long BACKSLASHES = ONES * '\\';

    private PlainText() {}

    /** The first byte that is a quote, a backslash, a control character or no ASCII; {@code to} when there is none. */
    static int end(byte[] bytes, int from, int to) {
        int at = from;
        for (; at + Long.BYTES <= to; at += Long.BYTES) {
            long marks = marks(bytes, at);
            if (marks != 0) {
                return at + (Long.numberOfTrailingZeros(marks) >>> 3);
            }
        }
        while (at < to && isPlain(bytes[at])) {
            at++;
        }
        return at;
    }

    private static boolean isPlain(byte b) {
        return b >= ' ' && b != '"' && b != '\\';
    }

    /**
     * Zero when all eight bytes are plain; otherwise its lowest set bit lies in the first that is not. A subtraction
     * borrows only from a byte that is a hit itself, so nothing below the first hit is ever marked.
     */
    private static long marks(byte[] bytes, int at) {
        long eight = (long) LONGS.get(bytes, at);
        long quote = eight ^ QUOTES;
        long backslash = eight ^ BACKSLASHES;
        long below = (eight - BLANKS) & ~eight;
        return (((quote - ONES) & ~quote) | ((backslash - ONES) & ~backslash) | below | eight) & HIGHS;
    }
}
