package io.tollgate.routing.shaping.text;

/**
 * What a document, heading, tag or list item begins with: {@code Document [3](}, {@code Source 2:}, {@code ##},
 * {@code <passage id="1">}, {@code 4.}, {@code -}; indented by eight blanks at most.
 */
final class Opening {
    private static final String[] NUMBERED = {
        "document", "doc", "passage", "source", "context", "chunk", "article", "result", "section", "page"
    };
    private static final int DEEPEST = 8;
    private static final int LONGEST_NUMBER = 6;
    private static final int LONGEST_ITEM_NUMBER = 3;
    private static final int LONGEST_TAG = 80;
    private static final int NONE = -1;

    private Opening() {}

    /** Whether a line begins with one. */
    static boolean at(char[] text, int from) {
        return end(text, from, text.length) >= 0;
    }

    /** Behind the one that begins here, a colon or full stop and a blank included; below zero where none does. */
    static int end(char[] text, int from, int to) {
        int at = from;
        while (at < to && at - from <= DEEPEST && (text[at] == ' ' || text[at] == '\t')) {
            at++;
        }
        int end = at >= to || at - from > DEEPEST ? NONE : mark(text, at, to);
        if (end < 0) {
            return NONE;
        }
        end += end < to && (text[end] == ':' || text[end] == '.') ? 1 : 0;
        return blankAt(text, end, to) ? end + 1 : end;
    }

    private static int mark(char[] text, int at, int to) {
        char c = text[at];
        return switch (c) {
            case '[' -> bracket(text, at, to);
            case '<' -> tag(text, at, to);
            case '-', '*', '\u2022' -> blankAt(text, at + 1, to) ? at + 2 : NONE;
            case '#' -> {
                int end = at;
                while (end < to && text[end] == '#') {
                    end++;
                }
                yield end - at <= LONGEST_NUMBER && blankAt(text, end, to) ? end + 1 : NONE;
            }
            default -> {
                if (!Chars.isDigit(c)) {
                    yield c < 'A' || c > 'z' ? NONE : numbered(text, at, to);
                }
                int end = digits(text, at, to);
                boolean item = end - at <= LONGEST_ITEM_NUMBER
                        && end < to
                        && (text[end] == '.' || text[end] == ')')
                        && blankAt(text, end + 1, to);
                yield item ? end + 2 : NONE;
            }
        };
    }

    private static int numbered(char[] text, int at, int to) {
        for (String name : NUMBERED) {
            if (Chars.isAt(text, at, to, name)) {
                int number = at + name.length();
                for (int blanks = 0; blanks < 3 && blankAt(text, number, to); blanks++) {
                    number++;
                }
                if (number < to && text[number] == '[') {
                    return bracket(text, number, to);
                }
                number += number < to && text[number] == '#' ? 1 : 0;
                int end = digits(text, number, to);
                boolean whole = end == to || !Chars.isAsciiWord(text[end]);
                boolean ofLength = end > number && end - number <= LONGEST_NUMBER;
                return whole && ofLength ? end : NONE;
            }
        }
        return NONE;
    }

    private static int bracket(char[] text, int at, int to) {
        int end = digits(text, at + 1, to);
        boolean ofLength = end > at + 1 && end - at - 1 <= LONGEST_NUMBER;
        return ofLength && end < to && text[end] == ']' ? end + 1 : NONE;
    }

    private static int tag(char[] text, int at, int to) {
        char first = at + 1 < to ? Chars.lower(text[at + 1]) : ' ';
        if (first < 'a' || first > 'z') {
            return NONE;
        }
        int end = at + 2;
        while (end < to && text[end] != '>' && text[end] != '\n') {
            end++;
            if (end - at - 2 > LONGEST_TAG) {
                return NONE;
            }
        }
        return end < to && text[end] == '>' ? end + 1 : NONE;
    }

    private static int digits(char[] text, int from, int to) {
        int end = from;
        while (end < to && Chars.isDigit(text[end])) {
            end++;
        }
        return end;
    }

    private static boolean blankAt(char[] text, int at, int to) {
        return at < to && Chars.isSpace(text[at]);
    }
}
