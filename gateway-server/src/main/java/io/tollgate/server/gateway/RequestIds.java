package io.tollgate.server.gateway;

import java.util.concurrent.ThreadLocalRandom;

/** Unique request ids that sort by time: 26 characters of Crockford's base 32, as a ULID. Not secret. Any thread. */
final class RequestIds {
    private static final char[] DIGITS = "0123456789abcdefghjkmnpqrstvwxyz".toCharArray();

    private RequestIds() {}

    static String next(long epochMillis) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        char[] id = new char[26];
        digits(id, 0, 10, epochMillis);
        digits(id, 10, 8, random.nextLong());
        digits(id, 18, 8, random.nextLong());
        return new String(id);
    }

    private static void digits(char[] id, int from, int count, long bits) {
        long rest = bits;
        for (int i = from + count - 1; i >= from; i--) {
            id[i] = DIGITS[(int) (rest & 31)];
            rest >>>= 5;
        }
    }
}
