package io.tollgate.core.dialect.answer;

import tools.jackson.core.JsonParser;

/** How many bytes a parsed string takes in UTF-8. */
final class Utf8 {
    private Utf8() {}

    static int length(JsonParser parser) {
        char[] chars = parser.getStringCharacters();
        int from = parser.getStringOffset();
        int to = from + parser.getStringLength();
        int length = to - from;
        for (int i = from; i < to; i++) {
            char c = chars[i];
            if (c >= 0x80) {
                length += c < 0x800 || Character.isSurrogate(c) ? 1 : 2; // a surrogate pair: two chars, four bytes
            }
        }
        return length;
    }
}
