package io.tollgate.routing.shaping.text;

/** Where sentences end: at the end of a line, or at a stop before a gap and a capital letter or digit. */
final class Sentences {
    private static final int MOST_CLOSERS = 3;
    private static final char FIRST_WIDE = '\u3002';

    private Sentences() {}

    /** Behind the sentence that begins here, and the blanks behind it; at most {@code to}. */
    static int end(char[] text, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = text[i];
            if (c > '?' && c < FIRST_WIDE) {
                continue;
            }
            if (c == '\n') {
                int end = i + 1;
                while (end < to && text[end] == '\n') {
                    end++;
                }
                return end;
            }
            if (c == FIRST_WIDE || c == '\uff01' || c == '\uff1f') {
                return i + 1;
            }
            int end = c == '.' || c == '!' || c == '?' ? behindStop(text, i + 1, to) : i;
            if (end > i) {
                return end;
            }
        }
        return to;
    }

    /** Where what comes next begins, if it looks like a sentence; else 0. */
    private static int behindStop(char[] text, int from, int to) {
        int at = from;
        while (at < to && at - from < MOST_CLOSERS && "'\")]".indexOf(text[at]) >= 0) {
            at++;
        }
        int next = at;
        while (next < to && Chars.isSpace(text[next])) {
            next++;
        }
        if (next == at || next == to) {
            return 0;
        }
        int first = "\"'([".indexOf(text[next]) >= 0 ? next + 1 : next;
        if (first >= to) {
            return 0;
        }
        boolean capital = Chars.isDigit(text[first])
                || Character.getType(Character.codePointAt(text, first, to)) == Character.UPPERCASE_LETTER;
        return capital ? next : 0;
    }
}
