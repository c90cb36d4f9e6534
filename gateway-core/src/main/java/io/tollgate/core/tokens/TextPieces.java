package io.tollgate.core.tokens;

/**
 * Cuts text where a tokenizer would begin a new token anyway, that is before a blank behind a word. Byte-pair merging
 * takes time that grows with the square of a run without such a place (a megabyte of base64, of one letter), so a run
 * is cut wherever it grows too long; that costs less than a token per cut.
 */
final class TextPieces {
    /** A piece is cut at the first good place behind this many characters. */
    private static final int PIECE = 4_096;
    /** Characters without a good place: no word of any language, and some milliseconds at most. */
    static final int LONGEST_RUN = 160;

    private TextPieces() {}

    /** Where the piece that begins at {@code from} ends. */
    static int end(String text, int from) {
        if (text.length() - from <= LONGEST_RUN) {
            return text.length();
        }
        int runFrom = from;
        for (int at = from + 1; at < text.length(); at++) {
            boolean good = text.charAt(at) == ' ' && !Character.isWhitespace(text.charAt(at - 1));
            if (good) {
                if (at - from >= PIECE) {
                    return at;
                }
                runFrom = at;
            } else if (at - runFrom >= LONGEST_RUN) {
                return Character.isLowSurrogate(text.charAt(at)) ? at + 1 : at;
            }
        }
        return text.length();
    }
}
