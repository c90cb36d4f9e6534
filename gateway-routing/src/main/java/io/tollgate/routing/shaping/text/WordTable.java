package io.tollgate.routing.shaping.text;

import java.util.Arrays;

/** Words by number, from 0 up in the order they are added; found without making strings of them. Not thread-safe. */
final class WordTable {
    /** No such word. */
    static final int NONE = -1;

    private char[][] words = new char[16][];
    private int[] hashes = new int[16];
    private int[] slots = new int[64];
    private int size;

    int size() {
        return size;
    }

    int find(char[] word, int length) {
        return slots[slot(word, length)] - 1;
    }

    /** The number of a word, a new one where it was not there. */
    int add(char[] word, int length) {
        int slot = slot(word, length);
        if (slots[slot] != 0) {
            return slots[slot] - 1;
        }
        if (size == words.length) {
            words = Arrays.copyOf(words, size * 2);
            hashes = Arrays.copyOf(hashes, size * 2);
        }
        hashes[size] = hash(word, length);
        words[size++] = Arrays.copyOf(word, length);
        slots[slot] = size;
        if (size * 2 > slots.length) {
            slots = new int[slots.length * 2];
            for (int i = 0; i < size; i++) {
                slots[slot(words[i], words[i].length)] = i + 1;
            }
        }
        return size - 1;
    }

    private static int hash(char[] word, int length) {
        int hash = length;
        for (int i = 0; i < length; i++) {
            hash = 31 * hash + word[i];
        }
        return hash ^ hash >>> 16;
    }

    /** Where a word stands, or the empty place where it would. */
    private int slot(char[] word, int length) {
        int hash = hash(word, length);
        int slot = hash & (slots.length - 1);
        while (slots[slot] != 0) {
            int known = slots[slot] - 1;
            if (hashes[known] == hash && isSame(words[known], word, length)) {
                break;
            }
            slot = (slot + 1) & (slots.length - 1);
        }
        return slot;
    }

    private static boolean isSame(char[] known, char[] word, int length) {
        if (known.length != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (known[i] != word[i]) {
                return false;
            }
        }
        return true;
    }
}
