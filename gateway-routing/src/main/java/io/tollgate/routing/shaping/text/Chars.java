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

    static boolean isBlank(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (!Character.isWhitespace(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** Bytes in UTF-8. */
    static int bytes(String text, int from, int to) {
        int bytes = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            boolean pair = Character.isHighSurrogate(c) && i + 1 < to && Character.isLowSurrogate(text.charAt(i + 1));
            bytes += c < ASCII ? 1 : c < 0x800 ? 2 : pair ? 4 : 3;
            i += pair ? 1 : 0;
        }
        return bytes;
    }
}
