package io.tollgate.routing.complexity.model;

/**
 * The words and pairs of words a model has weights for, as a table of fingerprints: a number hashes to a few neighbouring
 * slots, and eight more of its bits tell it from others. What was never learnt finds no slot (in 99 of 100 cases), so
 * unknown text neither adds weight nor looks familiar. Immutable once filled; any thread.
 */
public final class Vocabulary {
    /** Slots as a power of two. */
    public static final int BITS = 17;

    private static final int SLOTS = 1 << BITS;
    private static final int PROBES = 4;

    private final byte[] fingerprints;

    /** An empty one. */
    public Vocabulary() {
        this(new byte[SLOTS]);
    }

    /** Of fingerprints as {@link #fingerprints} gave them. */
    public Vocabulary(byte[] fingerprints) {
        if (fingerprints.length != SLOTS) {
            throw new IllegalArgumentException("a vocabulary of " + fingerprints.length + " slots; expected " + SLOTS);
        }
        this.fingerprints = fingerprints;
    }

    /** The table; not to be written to. */
    public byte[] fingerprints() {
        return fingerprints;
    }

    /** How many slots there are. */
    public static int slots() {
        return SLOTS;
    }

    /** The slot of a word's number, or -1. */
    public int slot(long word) {
        byte print = print(word);
        int first = first(word);
        for (int i = 0; i < PROBES; i++) {
            int slot = (first + i) & (SLOTS - 1);
            byte there = fingerprints[slot];
            if (there == print) {
                return slot;
            }
            if (there == 0) {
                return -1;
            }
        }
        return -1;
    }

    /** Takes in a word's number, where there is room; the most important ones come first. */
    public boolean add(long word) {
        byte print = print(word);
        int first = first(word);
        for (int i = 0; i < PROBES; i++) {
            int slot = (first + i) & (SLOTS - 1);
            if (fingerprints[slot] == 0) {
                fingerprints[slot] = print;
                return true;
            }
            if (fingerprints[slot] == print) {
                return false;
            }
        }
        return false;
    }

    private static int first(long word) {
        return (int) (word & (SLOTS - 1));
    }

    private static byte print(long word) {
        byte print = (byte) (word >>> 40);
        return print == 0 ? 1 : print;
    }
}
