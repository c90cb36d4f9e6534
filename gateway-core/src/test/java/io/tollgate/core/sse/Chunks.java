package io.tollgate.core.sse;

import java.util.Arrays;
import java.util.Random;

/** Feeds bytes in pieces through one reused array that is overwritten after each piece, as the relay does. */
public final class Chunks {
    private Chunks() {}

    /** Two pieces, cut at {@code at}. */
    public static void cutAt(int at, byte[] bytes, ByteSink target) {
        feed(bytes, 0, at, target);
        feed(bytes, at, bytes.length, target);
    }

    /** Pieces of random sizes. */
    public static void random(Random random, byte[] bytes, ByteSink target) {
        int most = 1 + random.nextInt(40);
        for (int at = 0; at < bytes.length; ) {
            int next = Math.min(bytes.length, at + random.nextInt(most + 1));
            feed(bytes, at, next, target);
            at = next;
        }
    }

    private static void feed(byte[] bytes, int from, int to, ByteSink target) {
        byte[] lent = new byte[to - from + 6];
        Arrays.fill(lent, (byte) '\n');
        System.arraycopy(bytes, from, lent, 3, to - from);
        target.write(lent, 3, to - from);
        Arrays.fill(lent, (byte) '#');
    }
}
