package io.tollgate.routing.promptcache;

import io.tollgate.core.http.RequestBody;
import io.tollgate.core.http.Span;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** A 64-bit hash of prompt text, eight bytes at a time. A collision costs a badly placed mark, nothing else. */
final class Hash {
    static final long START = 0xcbf29ce484222325L;
    private static final long PRIME = 0x9E3779B97F4A7C15L;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private Hash() {}

    static long of(long start, RequestBody body, Span span) {
        byte[] bytes = body.array();
        int at = body.offset() + span.start();
        int end = body.offset() + span.end();
        long hash = mix(start ^ span.length());
        for (; at + Long.BYTES <= end; at += Long.BYTES) {
            hash = mix(hash ^ (long) LONGS.get(bytes, at));
        }
        for (; at < end; at++) {
            hash = mix(hash ^ bytes[at]);
        }
        return hash;
    }

    /** Without its digits: equal for texts that differ in a clock, a date or a counter alone. */
    static long withoutDigits(RequestBody body, Span span) {
        long hash = START;
        for (int i = span.start(); i < span.end(); i++) {
            byte b = body.array()[body.offset() + i];
            if (b < '0' || b > '9') {
                hash = (hash ^ b) * PRIME;
            }
        }
        return hash;
    }

    static long of(long start, String text) {
        long hash = start;
        for (int i = 0; i < text.length(); i++) {
            hash = mix(hash ^ text.charAt(i));
        }
        return hash;
    }

    static long of(long start, long more) {
        return mix(mix(start) ^ more);
    }

    private static long mix(long value) {
        long product = value * PRIME;
        return product ^ product >>> 29;
    }
}
