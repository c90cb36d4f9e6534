package io.tollgate.core.dialect.json;

import io.tollgate.core.http.RequestBody;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * A parser's current token and where it stands in the body. A value's end is found from the token behind it, by going
 * back over comma and blanks; that spares decoding the value.
 */
final class Cursor {
    private final RequestBody body;
    private final JsonParser parser;
    private @Nullable JsonToken token;

    /** Before the first token. */
    Cursor(RequestBody body, JsonParser parser) {
        this.body = body;
        this.parser = parser;
    }

    /** The current token; null behind the last. */
    @Nullable
    JsonToken token() {
        return token;
    }

    boolean is(JsonToken expected) {
        return token == expected;
    }

    /** Whether an object or array begins here. */
    boolean opens() {
        return token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY;
    }

    void next() {
        token = parser.nextToken();
    }

    /** Moves behind the value that begins, or the container that ends, here. */
    void skip() {
        parser.skipChildren();
        next();
    }

    /** Byte at which the token begins, from the body's start. */
    int start() {
        return (int) parser.currentTokenLocation().getByteOffset();
    }

    /** One past the last byte of the value that stands before this token. */
    int endOfValueBefore() {
        int at = body.offset() + start();
        while (isBetween(body.array()[at - 1])) {
            at--;
        }
        return at - body.offset();
    }

    private static boolean isBetween(byte b) {
        return b == ',' || b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }

    /** The member's name that stands here. */
    String name() {
        return parser.currentName();
    }

    /** The string or number that stands here. */
    String text() {
        return parser.getString();
    }

    /** The whole number that stands here; -1 when it is none, negative, or beyond a long. */
    long whole() {
        return token == JsonToken.VALUE_NUMBER_INT && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER
                ? Math.max(-1, parser.getLongValue())
                : -1;
    }

    /** What stands here, for a message. */
    String shown() {
        boolean number = token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_NUMBER_FLOAT;
        return number ? Shown.number(text()) : Shown.token(token);
    }

    /** Moves behind the string that stands here and measures its text: UTF-8 bytes once unescaped. */
    int measureString() {
        int from = start() + 1;
        next();
        int to = endOfValueBefore() - 1;
        return JsonText.length(body.array(), body.offset() + from, body.offset() + to);
    }
}
