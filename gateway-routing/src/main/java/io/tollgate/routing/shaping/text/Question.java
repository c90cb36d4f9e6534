package io.tollgate.routing.shaping.text;

import java.util.Arrays;

/**
 * A question's words, each once and by number, in the order they come, and which stand beside which. All other words are
 * the same to it. Not thread-safe.
 */
final class Question {
    private final WordTable table = new WordTable();
    private final Stems stems = new Stems();
    private final boolean[] common;
    /** The number of each of its words, in its order. */
    private final int[] asked;
    /** For each pair of neighbours the first place of the same pair. */
    private final int[] pair;
    /** The first pair that begins with a word, and for each such pair the next one that begins with the same. */
    private final int[] firstPair;

    private final int[] nextPair;
    private final boolean[] marked;

    Question(String asking) {
        char[] text = asking.toCharArray();
        IdLists words = new IdLists();
        boolean[] isCommon = new boolean[text.length / 2 + 1];
        stems.over(text, 0, text.length);
        while (stems.next()) {
            int id = stems.addTo(table);
            isCommon[id] = stems.isCommon();
            words.add(id);
        }
        words.end();
        common = Arrays.copyOf(isCommon, table.size());
        asked = new int[words.length(0)];
        for (int i = 0; i < asked.length; i++) {
            asked[i] = words.at(i);
        }
        int pairs = Math.max(0, asked.length - 1);
        pair = new int[pairs];
        nextPair = new int[pairs];
        marked = new boolean[pairs];
        firstPair = new int[table.size()];
        Arrays.fill(firstPair, WordTable.NONE);
        for (int i = 0; i < pairs; i++) {
            int same = pairAt(asked[i], asked[i + 1]);
            pair[i] = same < 0 ? i : same;
            if (same < 0) {
                nextPair[i] = firstPair[asked[i]];
                firstPair[asked[i]] = i;
            }
        }
    }

    private int pairAt(int a, int b) {
        int at = firstPair[a];
        while (at >= 0 && asked[at + 1] != b) {
            at = nextPair[at];
        }
        return at;
    }

    /** Different words it has. */
    int size() {
        return common.length;
    }

    /** Whether one of its words says little by itself. */
    boolean isCommon(int id) {
        return common[id];
    }

    /** Whether it has the first word of a part of a text. */
    boolean has(char[] text, int from, int to) {
        stems.over(text, from, to);
        return stems.next() && stems.in(table) >= 0;
    }

    /** Adds the numbers of a part's words to a list; {@link WordTable#NONE} for those it does not have. */
    void read(char[] text, int from, int to, IdLists list) {
        stems.over(text, from, to);
        while (stems.next()) {
            list.add(stems.in(table));
        }
    }

    /** What its neighbouring words that are neighbours in one of these lists, too, are worth. */
    double pairs(double[] weights, IdLists one, IdLists other, int list) {
        boolean any = mark(one, list);
        if (one != other) {
            any |= mark(other, list);
        }
        if (!any) {
            return 0;
        }
        double sum = 0;
        for (int i = 0; i < pair.length; i++) {
            sum += marked[pair[i]] ? (weights[asked[i]] + weights[asked[i + 1]]) / 2 : 0;
        }
        Arrays.fill(marked, false);
        return sum;
    }

    private boolean mark(IdLists lists, int list) {
        boolean any = false;
        int last = lists.to(list) - 1;
        for (int i = lists.from(list); i < last; i++) {
            int a = lists.at(i);
            int b = lists.at(i + 1);
            int at = a < 0 || b < 0 ? WordTable.NONE : pairAt(a, b);
            if (at >= 0) {
                marked[at] = true;
                any = true;
            }
        }
        return any;
    }
}
