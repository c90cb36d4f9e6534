package io.tollgate.core.json;

import io.tollgate.core.error.RefusedException;
import io.tollgate.core.http.RequestBody;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of a body that is one JSON document, one at a time: strict RFC 8259 in UTF-8. It exists because the request's body is read on every
 * call and is mostly long strings: these are checked and measured in one go, eight bytes at a time, which takes two thirds
 * of the time a general parser and a second look at its strings took. Positions count from the body's first byte.
 */
public final class JsonTokenizer {
    /** How deep a body may nest. */
    public static final int MAX_DEPTH = 500;

    private static final int MAX_NUMBER_LENGTH = 1_000;
    private static final int MAX_NAME_LENGTH = 50_000;
    private static final int LONG_DIGITS = 18;

    private final byte[] bytes;
    private final int from;
    private final int to;
    private final StringScan string;
    private final long[] objects = new long[MAX_DEPTH / Long.SIZE + 1];
    private int depth;
    private int at;
    private int start;
    private int previousEnd;
    private boolean first = true;
    private @Nullable Token token;

    /** Before the first token of {@code body}. */
    public JsonTokenizer(RequestBody body) {
        bytes = body.array();
        from = body.offset();
        to = from + body.length();
        at = from;
        string = new StringScan(bytes, to);
    }

    /** The current token; null behind the last. */
    public @Nullable Token token() {
        return token;
    }

    /** Whether the current token is of this kind. */
    public boolean is(Token expected) {
        return token == expected;
    }

    /** Whether an object or array begins here. */
    public boolean opens() {
        return token == Token.START_OBJECT || token == Token.START_ARRAY;
    }

    /** The byte at which the current token begins. */
    public int start() {
        return start - from;
    }

    /** One past the last byte of the token before the current one. */
    public int previousEnd() {
        return previousEnd - from;
    }

    /** The member's name that stands here. */
    public String name() {
        return string.name();
    }

    /** The string or number that stands here: decoded, or as it is written. */
    public String text() {
        return token == Token.STRING
                ? string.text()
                : new String(bytes, start, at - start, StandardCharsets.ISO_8859_1);
    }

    /** UTF-8 bytes of the text the string that stands here means, once unescaped. */
    public int textLength() {
        return string.textLength();
    }

    /**
     * Moves to the next token.
     *
     * @throws RefusedException when there is none of JSON's; the message says where, and what was expected
     */
    public void next() {
        try {
            previousEnd = at;
            token = read();
        } catch (SyntaxException e) {
            throw RefusedException.malformed(e.message(from, to));
        }
    }

    private @Nullable Token read() {
        int b = blanks();
        if (depth == 0) {
            return b < 0 ? null : root(b);
        }
        boolean object = (objects[depth / Long.SIZE] & 1L << depth) != 0;
        if (token == Token.NAME) {
            return value(b);
        }
        if (b == (object ? '}' : ']')) {
            return close(object);
        }
        if (first) {
            first = false;
        } else {
            if (b != ',') {
                throw wrong(object ? "a comma or }" : "a comma or ]");
            }
            at++;
            b = blanks();
        }
        return object ? name(b) : value(b);
    }

    private Token root(int b) {
        if (token != null) {
            throw wrong("nothing behind the document");
        }
        return value(b);
    }

    /** The next byte that is not blank, not taken yet; -1 behind the last. */
    private int blanks() {
        while (at < to) {
            byte b = bytes[at];
            if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
                start = at;
                return b & 0xff;
            }
            at++;
        }
        start = at;
        return -1;
    }

    private RuntimeException wrong(String expected) {
        return at >= to ? SyntaxException.unfinished() : SyntaxException.at(at, expected);
    }

    private Token name(int b) {
        if (b != '"') {
            throw wrong("a name in double quotes");
        }
        int begun = start;
        at = string.pass(at + 1);
        if (string.rawLength() > MAX_NAME_LENGTH) {
            throw tooMuch(begun);
        }
        if (blanks() != ':') {
            throw wrong("a colon");
        }
        at++;
        start = begun;
        return Token.NAME;
    }

    private Token value(int b) {
        return switch (b) {
            case '"' -> {
                at = string.pass(at + 1);
                yield Token.STRING;
            }
            case '{' -> open(true);
            case '[' -> open(false);
            case 't' -> literal("true", Token.TRUE);
            case 'f' -> literal("false", Token.FALSE);
            case 'n' -> literal("null", Token.NULL);
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
            default -> throw wrong("a value");
        };
    }

    private Token open(boolean object) {
        if (depth == MAX_DEPTH) {
            throw tooMuch(at);
        }
        depth++;
        long level = 1L << depth;
        if (object) {
            objects[depth / Long.SIZE] |= level;
        } else {
            objects[depth / Long.SIZE] &= ~level;
        }
        first = true;
        at++;
        return object ? Token.START_OBJECT : Token.START_ARRAY;
    }

    private Token close(boolean object) {
        depth--;
        first = false;
        at++;
        return object ? Token.END_OBJECT : Token.END_ARRAY;
    }

    private Token literal(String word, Token kind) {
        for (int i = 0; i < word.length(); i++) {
            if (at + i >= to) {
                throw SyntaxException.unfinished();
            }
            if (bytes[at + i] != word.charAt(i)) {
                throw SyntaxException.at(at, "a value");
            }
        }
        at += word.length();
        return kind;
    }

    private Token number() {
        Token kind = Token.WHOLE;
        if (bytes[at] == '-') {
            at++;
        }
        if (at < to && bytes[at] == '0') {
            at++;
        } else {
            digits();
        }
        if (at < to && bytes[at] == '.') {
            kind = Token.FRACTION;
            at++;
            digits();
        }
        if (at < to && (bytes[at] | 0x20) == 'e') {
            kind = Token.FRACTION;
            at++;
            if (at < to && (bytes[at] == '+' || bytes[at] == '-')) {
                at++;
            }
            digits();
        }
        if (at - start > MAX_NUMBER_LENGTH) {
            throw tooMuch(start);
        }
        return kind;
    }

    private void digits() {
        int before = at;
        while (at < to && bytes[at] >= '0' && bytes[at] <= '9') {
            at++;
        }
        if (at == before) {
            throw wrong("a digit");
        }
    }

    private RefusedException tooMuch(int where) {
        return RefusedException.malformed("the body exceeds a limit for JSON at byte " + (where - from) + ": at most "
                + MAX_DEPTH + " levels, numbers of " + MAX_NUMBER_LENGTH + " digits and names of "
                + MAX_NAME_LENGTH + " bytes are read");
    }

    /** Moves behind the value that begins, or the container that ends, here. */
    public void skip() {
        if (opens()) {
            int outside = depth - 1;
            while (depth > outside) {
                next();
            }
        }
        next();
    }

    /** The whole number that stands here; -1 when it is none, negative, or has more than eighteen digits. */
    public long whole() {
        if (token != Token.WHOLE || bytes[start] == '-' || at - start > LONG_DIGITS) {
            return -1;
        }
        long value = 0;
        for (int i = start; i < at; i++) {
            value = 10 * value + (bytes[i] - '0');
        }
        return value;
    }
}
