package io.tollgate.core.exchange;

import java.util.concurrent.ThreadLocalRandom;

/**
 * Ids of requests: 10 characters of time in epoch milliseconds, then 16 random ones, in Crockford's base 32 in lower
 * case (a ULID's layout). They sort by time, and the ledger finds a row by its id's time without an index. Unique, not
 * secret.
 */
public final class RequestIds {
    private static final String DIGITS = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final int TIME_LENGTH = 10;
    private static final int LENGTH = 26;

    private RequestIds() {}

    /** A new id for a request that arrived at this time. */
    public static String next(long epochMillis) {
        char[] id = new char[LENGTH];
        digits(id, 0, epochMillis);
        ThreadLocalRandom random = ThreadLocalRandom.current();
        digits(id, TIME_LENGTH, random.nextLong());
        digits(id, TIME_LENGTH + 8, random.nextLong());
        return new String(id);
    }

    private static void digits(char[] id, int from, long value) {
        int count = from == 0 ? TIME_LENGTH : 8;
        for (int i = from + count - 1; i >= from; i--) {
            id[i] = DIGITS.charAt((int) (value & 31));
            value >>>= 5;
        }
    }

    /** The time within an id, epoch milliseconds; -1 when it is none of ours. */
    public static long millisOf(String id) {
        if (id.length() != LENGTH) {
            return -1;
        }
        long millis = 0;
        for (int i = 0; i < LENGTH; i++) {
            int digit = DIGITS.indexOf(id.charAt(i));
            if (digit < 0) {
                return -1;
            }
            if (i < TIME_LENGTH) {
                millis = millis << 5 | digit;
            }
        }
        return millis;
    }
}
