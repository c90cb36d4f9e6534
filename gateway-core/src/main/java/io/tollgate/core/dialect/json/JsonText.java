package io.tollgate.core.dialect.json;

import io.tollgate.core.text.ByteSearch;

/** How long a JSON string's text is once unescaped, without unescaping it. */
final class JsonText {
    private static final byte BACKSLASH = '\\';

    private JsonText() {}

    /** UTF-8 bytes of the text between two quotes of valid JSON. */
    static int length(byte[] bytes, int from, int to) {
        int length = to - from;
        int at = ByteSearch.first(bytes, from, to, BACKSLASH);
        while (at < to) {
            int raw = rawLength(bytes, at, to);
            length -= raw - decodedLength(bytes, at, raw);
            at = ByteSearch.first(bytes, at + raw, to, BACKSLASH);
        }
        return length;
    }

    private static int rawLength(byte[] bytes, int at, int to) {
        if (at + 6 > to || bytes[at + 1] != 'u') {
            return Math.min(2, to - at);
        }
        boolean pair = Character.isHighSurrogate((char) unit(bytes, at))
                && at + 12 <= to
                && bytes[at + 6] == '\\'
                && bytes[at + 7] == 'u'
                && Character.isLowSurrogate((char) unit(bytes, at + 6));
        return pair ? 12 : 6;
    }

    private static int decodedLength(byte[] bytes, int at, int raw) {
        if (raw == 12) {
            return 4;
        }
        int unit = raw == 6 ? unit(bytes, at) : 0;
        return unit < 0x80 ? 1 : unit < 0x800 ? 2 : 3;
    }

    private static int unit(byte[] bytes, int at) {
        int unit = 0;
        for (int i = at + 2; i < at + 6; i++) {
            unit = unit << 4 | Math.max(0, Character.digit(bytes[i], 16));
        }
        return unit;
    }
}
