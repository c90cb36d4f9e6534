package io.tollgate.budget.usagelog;

import io.tollgate.core.http.RequestBody;
import io.tollgate.core.http.Span;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * 64 bits by which the same bytes are known again, eight bytes at a time. Not for secrets: whoever wants two texts with
 * one fingerprint can make them, and gains a wrong line in a report.
 */
final class Fingerprint {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;
    private static final long SEED = 0xD6E8FEB86659FD93L;
    /** Of longer spans the ends alone are looked at, so that the event loop is not held up. */
    private static final int MOST = 1 << 20;

    private static final int MOST_TEXT = 1 << 16;
    private static final long[] GEAR = gear();

    private Fingerprint() {}

    /** Of the bytes, and of what {@code before} is the fingerprint of; never 0. */
    static long of(RequestBody body, Span span, long before) {
        long hash = mix(before ^ SEED, span.length());
        if (span.length() <= MOST) {
            hash = run(body, span.start(), span.end(), hash);
        } else {
            hash = run(body, span.start(), span.start() + MOST / 2, hash);
            hash = run(body, span.end() - MOST / 2, span.end(), hash);
        }
        return hash == 0 ? 1 : hash;
    }

    private static long run(RequestBody body, int start, int end, long seed) {
        byte[] bytes = body.array();
        long hash = seed;
        int at = body.offset() + start;
        int to = body.offset() + end;
        for (; at + 8 <= to; at += 8) {
            hash = mix(hash, (long) LONGS.get(bytes, at));
        }
        long rest = 0;
        for (; at < to; at++) {
            rest = rest << 8 | (bytes[at] & 0xFF);
        }
        return mix(hash, rest);
    }

    private static long mix(long hash, long value) {
        long a = hash ^ value;
        return Math.unsignedMultiplyHigh(a, MULTIPLIER) ^ (a * MULTIPLIER) ^ Long.rotateLeft(hash, 23);
    }

    /**
     * The least of all windows of 64 bytes: a long text has the same wherever it stands within another, mostly, for the
     * window that has it lies in the longer part. Looks at the first 64 KiB.
     */
    static long ofText(RequestBody body, Span span) {
        byte[] bytes = body.array();
        int from = body.offset() + span.start();
        int to = from + Math.min(span.length(), MOST_TEXT);
        long window = 0;
        long least = Long.MAX_VALUE;
        for (int at = from; at < to; at++) {
            window = (window << 1) + GEAR[bytes[at] & 0xFF];
            if (at - from >= 63) {
                least = Math.min(least, window);
            }
        }
        return least == 0 ? 1 : least;
    }

    private static long[] gear() {
        long[] gear = new long[256];
        long state = SEED;
        for (int i = 0; i < gear.length; i++) {
            state += MULTIPLIER;
            gear[i] = mix(state, state >>> 31);
        }
        return gear;
    }
}
