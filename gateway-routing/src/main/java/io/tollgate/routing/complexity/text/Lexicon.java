package io.tollgate.routing.complexity.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Phrases that name tasks, in several languages: {@code lexicon.txt} beside this class. Immutable; any thread. */
final class Lexicon {
    /** Ours. */
    static final Lexicon SHIPPED = load();

    private static final int LONGEST = 6;
    private static final byte PREFIX = 1;
    private static final Signal[] SIGNALS = Signal.values();

    private long[] keys = new long[1 << 11];
    private byte[] values = new byte[1 << 11];
    private int size;

    private Lexicon() {}

    private static Lexicon load() {
        try (InputStream in = Lexicon.class.getResourceAsStream("lexicon.txt")) {
            if (in == null) {
                throw new IllegalStateException("lexicon.txt is missing beside " + Lexicon.class);
            }
            Lexicon lexicon = new Lexicon();
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    lexicon.line(line);
                }
            }
            return lexicon;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void line(String line) {
        int colon = line.indexOf(':');
        Signal signal = Signal.valueOf(line.substring(0, colon).strip());
        for (String phrase : line.substring(colon + 1).split(",")) {
            add(phrase.strip(), signal);
        }
    }

    private void add(String phrase, Signal signal) {
        Reading words = new Reading();
        words.words(phrase);
        if (words.count == 0 || words.count > LONGEST) {
            throw new IllegalStateException(
                    "phrase '" + phrase + "' has " + words.count + " words; expected 1 to " + LONGEST);
        }
        long key = 0;
        for (int i = 0; i < words.count; i++) {
            key = Words.chain(key, words.hash[i]);
            int slot = slot(key);
            if (keys[slot] == 0) {
                size++;
                keys[slot] = key;
            }
            if (i + 1 < words.count) {
                values[slot] |= PREFIX;
            } else {
                values[slot] = (byte) (values[slot] & PREFIX | (signal.ordinal() + 1) << 1);
            }
        }
        if (size * 2 > keys.length) {
            grow();
        }
    }

    private void grow() {
        long[] oldKeys = keys;
        byte[] oldValues = values;
        keys = new long[oldKeys.length * 2];
        values = new byte[oldKeys.length * 2];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != 0) {
                int slot = slot(oldKeys[i]);
                keys[slot] = oldKeys[i];
                values[slot] = oldValues[i];
            }
        }
    }

    private int slot(long key) {
        int mask = keys.length - 1;
        int slot = (int) key & mask;
        while (keys[slot] != 0 && keys[slot] != key) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    /** What the longest phrase that begins at this word says, or null. */
    @Nullable
    Signal at(Reading words, int word) {
        Signal found = null;
        long key = 0;
        int end = Math.min(words.count, word + LONGEST);
        for (int i = word; i < end; i++) {
            key = Words.chain(key, words.hash[i]);
            int value = values[slot(key)];
            if (value >> 1 > 0) {
                found = SIGNALS[(value >> 1) - 1];
            }
            if ((value & PREFIX) == 0) {
                break;
            }
        }
        return found;
    }
}
