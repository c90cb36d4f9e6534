package io.tollgate.routing.shaping.text;

import java.util.Arrays;

/** Words by number, from 0 up in the order they are added; found without making strings of them. Not thread-safe. */
final class WordTable {
    /** No such word. */
    static final int NONE = -1;

    private char[][] words = new char[16][];
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
        }
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

    /** Where a word stands, or the empty place where it would. */
    private int slot(char[] word, int length) {
        int hash = length;
        for (int i = 0; i < length; i++) {
            hash = 31 * hash + word[i];
        }
        int slot = (hash ^ hash >>> 16) & (slots.length - 1);
        while (slots[slot] != 0) {
            char[] known = words[slots[slot] - 1];
            if (Arrays.equals(known, 0, known.length, word, 0, length)) {
                break;
            }
            slot = (slot + 1) & (slots.length - 1);
        }
        return slot;
    }
}
