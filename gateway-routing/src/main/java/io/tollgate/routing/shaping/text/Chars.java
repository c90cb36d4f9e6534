package io.tollgate.routing.shaping.text;

/** What characters are, ASCII by the shortest way. */
final class Chars {
    private static final int ASCII = 128;
    private static final boolean[] WORD = new boolean[ASCII];

    static {
        for (char c = 0; c < ASCII; c++) {
            WORD[c] = Character.isLetterOrDigit(c);
        }
    }

    private Chars() {}

    static boolean isWord(char c) {
        return c < ASCII ? WORD[c] : Character.isLetterOrDigit(c);
    }

    static char lower(char c) {
        return c < ASCII ? (char) (c >= 'A' && c <= 'Z' ? c | 0x20 : c) : Character.toLowerCase(c);
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** ASCII's letters, digits and the underscore: a number may stand right before letters of a script without gaps. */
    static boolean isAsciiWord(char c) {
        return c < ASCII && (WORD[c] || c == '_');
    }

    /** ASCII's blanks, ends of lines included. */
    static boolean isSpace(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }

    static boolean isBlank(char[] text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (!Character.isWhitespace(text[i])) {
                return false;
            }
        }
        return true;
    }

    /** Bytes in UTF-8. */
    static int bytes(char[] text, int from, int to) {
        int bytes = 0;
        for (int i = from; i < to; i++) {
            char c = text[i];
            boolean pair = Character.isHighSurrogate(c) && i + 1 < to && Character.isLowSurrogate(text[i + 1]);
            bytes += c < ASCII ? 1 : c < 0x800 ? 2 : pair ? 4 : 3;
            i += pair ? 1 : 0;
        }
        return bytes;
    }

    static boolean isUpper(char c) {
        return c < ASCII ? c >= 'A' && c <= 'Z' : Character.isUpperCase(c);
    }

    static boolean isLetter(char c) {
        return c < ASCII ? (c | 0x20) >= 'a' && (c | 0x20) <= 'z' : Character.isLetter(c);
    }

    /** Whether a word in lower case stands here, in whatever case. */
    static boolean isAt(char[] text, int from, int to, String word) {
        if (word.length() > to - from) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            if (lower(text[from + i]) != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
