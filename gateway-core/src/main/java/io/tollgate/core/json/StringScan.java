package io.tollgate.core.json;

import java.nio.charset.StandardCharsets;

/**
 * Passes over one JSON string at a time: checks its escapes and its UTF-8, and measures the text it stands for, without
 * decoding it. Reused for all strings of a body.
 */
final class StringScan {
    private final byte[] bytes;
    private final int to;
    private int from;
    private int end;
    private int saved;
    private boolean plain;

    /** Strings of the body that ends before {@code to}. */
    StringScan(byte[] bytes, int to) {
        this.bytes = bytes;
        this.to = to;
    }

    /**
     * Passes over the string whose first byte behind the opening quote stands at {@code first}.
     *
     * @return one past the closing quote
     */
    int pass(int first) {
        int at = first;
        int shorter = 0;
        boolean ascii = true;
        while (true) {
            at = PlainText.end(bytes, at, to);
            if (at >= to) {
                throw SyntaxException.unfinished();
            }
            int b = bytes[at];
            if (b == '"') {
                from = first;
                end = at;
                saved = shorter;
                plain = ascii;
                return at + 1;
            }
            ascii = false;
            if (b == '\\') {
                int length = escape(at);
                shorter += length == 2 ? 1 : length == 12 ? 12 - 4 : savedByUnit(at);
                at += length;
            } else if (b < 0) {
                at = sequence(at);
            } else {
                throw SyntaxException.at(at, "control characters escaped in a string");
            }
        }
    }

    /** Bytes of the escape that begins here: 2, 6, or 12 for a pair of surrogates. */
    private int escape(int at) {
        int b = byteAt(at + 1);
        if (b == 'n' || b == '"' || b == '\\' || b == 't' || b == '/' || b == 'r' || b == 'b' || b == 'f') {
            return 2;
        }
        if (b != 'u') {
            throw SyntaxException.at(at + 1, "one of \"\\/bfnrtu behind a backslash");
        }
        return Character.isHighSurrogate(unit(at + 2))
                        && at + 12 <= to
                        && bytes[at + 6] == '\\'
                        && bytes[at + 7] == 'u'
                        && Character.isLowSurrogate(unit(at + 8))
                ? 12
                : 6;
    }

    private int savedByUnit(int at) {
        char unit = unit(at + 2);
        return 6 - (unit < 0x80 ? 1 : unit < 0x800 ? 2 : 3);
    }

    private char unit(int at) {
        int unit = 0;
        for (int i = at; i < at + 4; i++) {
            int digit = Character.digit(byteAt(i), 16);
            if (digit < 0) {
                throw SyntaxException.at(i, "four hexadecimal digits behind \\u");
            }
            unit = unit << 4 | digit;
        }
        return (char) unit;
    }

    /** Passes over the UTF-8 sequences that begin here, up to the next ASCII byte. */
    private int sequence(int first) {
        int at = first;
        while (at < to && bytes[at] < 0) {
            int lead = bytes[at] & 0xff;
            int second = byteAt(at + 1) & 0xff;
            if (lead < 0xe0) {
                check(at, lead >= 0xc2 && isContinuation(second));
                at += 2;
            } else if (lead < 0xf0) {
                check(
                        at,
                        isContinuation(second)
                                && isContinuation(byteAt(at + 2))
                                && (lead != 0xe0 || second >= 0xa0)
                                && (lead != 0xed || second < 0xa0));
                at += 3;
            } else {
                check(
                        at,
                        lead < 0xf5
                                && isContinuation(second)
                                && isContinuation(byteAt(at + 2))
                                && isContinuation(byteAt(at + 3))
                                && (lead != 0xf0 || second >= 0x90)
                                && (lead != 0xf4 || second < 0x90));
                at += 4;
            }
        }
        return at;
    }

    private static boolean isContinuation(int b) {
        return (b & 0xc0) == 0x80;
    }

    private static void check(int at, boolean valid) {
        if (!valid) {
            throw SyntaxException.at(at, "UTF-8");
        }
    }

    private int byteAt(int at) {
        if (at >= to) {
            throw SyntaxException.unfinished();
        }
        return bytes[at];
    }

    /** UTF-8 bytes of the text the last string stands for; a lone surrogate counts three. */
    int textLength() {
        return end - from - saved;
    }

    /** Bytes of the last string between its quotes. */
    int rawLength() {
        return end - from;
    }

    /** The last string as a name: most are known already. */
    String name() {
        return plain ? Names.of(bytes, from, end - from) : text();
    }

    /** The text of the last string. */
    String text() {
        if (plain) {
            return new String(bytes, from, end - from, StandardCharsets.ISO_8859_1);
        }
        if (saved == 0) {
            return new String(bytes, from, end - from, StandardCharsets.UTF_8);
        }
        StringBuilder text = new StringBuilder(end - from);
        int begun = from;
        int at = from;
        while (at < end) {
            if (bytes[at] != '\\') {
                at++;
                continue;
            }
            text.append(new String(bytes, begun, at - begun, StandardCharsets.UTF_8));
            int b = bytes[at + 1];
            text.append(b == 'u' ? unit(at + 2) : unescaped(b));
            at += b == 'u' ? 6 : 2;
            begun = at;
        }
        return text.append(new String(bytes, begun, end - begun, StandardCharsets.UTF_8))
                .toString();
    }

    private static char unescaped(int b) {
        return switch (b) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> (char) b;
        };
    }
}
