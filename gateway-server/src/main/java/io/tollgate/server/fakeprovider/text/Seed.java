package io.tollgate.server.fakeprovider.text;

/** Stable 64-bit hashes: the same prompt gets the same answer in every run and on every machine. */
public final class Seed {
    private static final long START = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;

    private Seed() {}

    /** FNV-1a over the characters, then mixed so that near texts give far values. */
    public static long of(String text) {
        return mix(extend(START, text, 0, text.length()));
    }

    /** A further value from a value. */
    public static long next(long seed) {
        return mix(seed + 0x9e3779b97f4a7c15L);
    }

    /** A number from 0 (inclusive) to the bound (exclusive). */
    public static int below(long seed, int bound) {
        return (int) Long.remainderUnsigned(mix(seed), bound);
    }

    static long start() {
        return START;
    }

    static long extend(long hash, String text, int from, int to) {
        long extended = hash;
        for (int i = from; i < to; i++) {
            extended = (extended ^ text.charAt(i)) * PRIME;
        }
        return extended;
    }

    static long mix(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }
}
