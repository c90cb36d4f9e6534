package io.tollgate.routing.shaping.text;

import java.util.Arrays;

/**
 * Goes from word to word of a text, each in the form it is compared by: lower case, without the commonest English endings.
 * Makes no strings. Not thread-safe.
 */
final class Stems {
    private static final String[] ENDINGS = {"ing", "ed", "er", "ers", "es", "ly"};
    private static final int[] SHORTEST = {6, 5, 6, 6, 5, 5};
    private static final WordTable COMMON =
            table("a an the of in on at to for and or is are was were be been by with from as that this it its do"
                    + " does did has have had what which who whom whose when where why how you your i we they he she his her"
                    + " their my me us our will would can could should may might not no so if then than there here all any"
                    + " some into over up out about also just");

    private char[] text = new char[0];
    private int at;
    private int until;
    private char[] word = new char[64];
    private int length;

    /** The stems of a text's words. */
    static WordTable table(String words) {
        WordTable table = new WordTable();
        Stems stems = new Stems();
        char[] text = words.toCharArray();
        stems.over(text, 0, text.length);
        while (stems.next()) {
            table.add(stems.word, stems.length);
        }
        return table;
    }

    /** Starts anew with a part of a text. */
    void over(char[] of, int from, int to) {
        text = of;
        at = from;
        until = to;
    }

    /** Moves on to the next word; false behind the last. */
    boolean next() {
        while (at < until && !Chars.isWord(text[at])) {
            at++;
        }
        if (at >= until) {
            return false;
        }
        length = 0;
        while (at < until && Chars.isWord(text[at])) {
            if (length == word.length) {
                word = Arrays.copyOf(word, length * 2);
            }
            word[length++] = Chars.lower(text[at++]);
        }
        cut();
        return true;
    }

    /** The number of the word that stands here. */
    int in(WordTable table) {
        return table.find(word, length);
    }

    /** Adds the word that stands here. */
    int addTo(WordTable table) {
        return table.add(word, length);
    }

    /** Whether the word that stands here says little by itself. */
    boolean isCommon() {
        return in(COMMON) >= 0;
    }

    private boolean ends(String with) {
        int from = length - with.length();
        if (from < 0) {
            return false;
        }
        for (int i = 0; i < with.length(); i++) {
            if (word[from + i] != with.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private void cut() {
        char last = word[length - 1];
        if (length < 4 || (last != 's' && last != 'e' && last != 'd' && last != 'g' && last != 'r' && last != 'y')) {
            return; // no ending ends so
        }
        if (length > 4 && ends("ies")) {
            length -= 2;
            word[length - 1] = 'y';
            return;
        }
        if (length > 4 && ends("sses")) {
            length -= 2;
            return;
        }
        if (!cutEnding() && length > 3 && word[length - 1] == 's' && word[length - 2] != 's') {
            length--;
        }
        if (length > 4 && word[length - 1] == 'e') {
            length--;
        }
    }

    private boolean cutEnding() {
        for (int i = 0; i < ENDINGS.length; i++) {
            if (length >= SHORTEST[i] && ends(ENDINGS[i])) {
                length -= ENDINGS[i].length();
                char end = word[length - 1];
                boolean twice = length > 2 && end == word[length - 2] && end != 'l' && end != 's' && end != 'z';
                length -= twice ? 1 : 0;
                return true;
            }
        }
        return false;
    }
}
