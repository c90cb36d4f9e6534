package io.tollgate.routing.complexity.model;

import io.tollgate.routing.complexity.text.Reading;
import io.tollgate.routing.complexity.text.Traits;
import java.util.Arrays;

/** Which known words and pairs of words a text holds, each once. A scratch pad that is filled again and again; one thread. */
public final class Features {
    private static final int FIRST_ROOM = 1 << 11;

    private int[] slots = new int[FIRST_ROOM];
    private float[] places = new float[FIRST_ROOM];
    private final long[] seen = new long[Vocabulary.slots() / Long.SIZE];
    private int count;
    private int pairs;
    private int knownPairs;

    /** Makes an empty one. */
    public Features() {}

    /** Looks up the words of {@code traits}. */
    public void read(Traits traits, Vocabulary vocabulary) {
        clear();
        Reading words = traits.words();
        int last = words.count();
        pairs = Math.max(0, last - 1);
        knownPairs = 0;
        for (int i = 0; i < last; i++) {
            float place = (float) traits.placeWeight(i);
            take(vocabulary.slot(words.word(i)), place);
            if (i > 0) {
                int slot = vocabulary.slot(words.pair(i));
                knownPairs += slot < 0 ? 0 : 1;
                take(slot, place);
            }
            if (i > 1) {
                take(vocabulary.slot(words.pairAcross(i)), place);
            }
        }
    }

    private void take(int slot, float place) {
        if (slot < 0 || (seen[slot >> 6] & 1L << slot) != 0) {
            return;
        }
        seen[slot >> 6] |= 1L << slot;
        if (count == slots.length) {
            slots = Arrays.copyOf(slots, 2 * count);
            places = Arrays.copyOf(places, 2 * count);
        }
        slots[count] = slot;
        places[count++] = place;
    }

    private void clear() {
        for (int i = 0; i < count; i++) {
            seen[slots[i] >> 6] = 0;
        }
        count = 0;
    }

    /** How many known words and pairs there are. */
    public int count() {
        return count;
    }

    /** The slot of one of them. */
    public int slot(int index) {
        return slots[index];
    }

    /** How much its first place in the text lets it count, in (0,1]. */
    public float place(int index) {
        return places[index];
    }

    /** What each counts, before its place: a longer text spreads the same weight over more words. */
    public double scale() {
        return 1 / Math.sqrt(Math.max(8.0, count + (pairs - knownPairs)));
    }

    /** The share of pairs of words that are known, in [0,1]: how far the text is from what was learnt. */
    public double familiarity() {
        return pairs == 0 ? 0 : (double) knownPairs / pairs;
    }
}
