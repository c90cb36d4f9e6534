package io.tollgate.core.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Finds bytes in an array eight at a time, for those who look at every byte of every answer. */
public final class ByteSearch {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;

    private ByteSearch() {}

    /** Where the first of two bytes stands between {@code from} and {@code to}; {@code to} when neither does. */
    public static int either(byte[] bytes, int from, int to, byte one, byte other) {
        long onePattern = ONES * (one & 0xFF);
        long otherPattern = ONES * (other & 0xFF);
        int at = from;
        for (; at + Long.BYTES <= to; at += Long.BYTES) {
            long word = (long) LONGS.get(bytes, at);
            long marks = zeros(word ^ onePattern) | zeros(word ^ otherPattern);
            if (marks != 0) {
                return at + (Long.numberOfTrailingZeros(marks) >>> 3);
            }
        }
        while (at < to && bytes[at] != one && bytes[at] != other) {
            at++;
        }
        return at;
    }

    /** The lowest set bit lies in the first byte of the eight that is zero; none is set when no byte is. */
    private static long zeros(long word) {
        return (word - ONES) & ~word & HIGHS;
    }
}
