package io.tollgate.core.dialect.replay.form;

import io.tollgate.core.http.RequestBody;
import io.tollgate.core.json.JsonTokenizer;
import io.tollgate.core.json.Token;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A JSON value as it stands in an array, which is never written to. What nobody looks into is carried over as it is. */
public record Value(byte[] array, int from, int to) {
    /**
     * The one document these bytes hold.
     *
     * @throws io.tollgate.core.error.RefusedException when they are not JSON
     */
    public static Value document(byte[] bytes) {
        return document(bytes, 0, bytes.length);
    }

    /** The one document that stands in a part of an array. */
    public static Value document(byte[] array, int from, int to) {
        JsonTokenizer tokens = new JsonTokenizer(new RequestBody(array, from, to - from));
        tokens.next();
        int start = tokens.start();
        if (tokens.token() == null) {
            throw new UnconvertibleException("no document");
        }
        tokens.skip();
        return new Value(array, from + start, from + tokens.previousEnd());
    }

    /** A document written by the gateway itself. */
    public static Value of(String json) {
        return document(json.getBytes(StandardCharsets.UTF_8));
    }

    /** Whether it is null. */
    public boolean isNull() {
        return array[from] == 'n';
    }

    /** Whether it is true. */
    public boolean isTrue() {
        return array[from] == 't';
    }

    /** Whether it is an object. */
    public boolean isObject() {
        return array[from] == '{';
    }

    /** Whether it is an array. */
    public boolean isArray() {
        return array[from] == '[';
    }

    /** Whether it is a string. */
    public boolean isString() {
        return array[from] == '"';
    }

    /** Whether it tells nothing: null, {@code ""}, 0, an empty array or an empty object. */
    public boolean isBlank() {
        return switch (array[from]) {
            case 'n' -> true;
            case '"', '0' -> to - from == (isString() ? 2 : 1);
            case '[' -> elements().isEmpty();
            case '{' -> fields().isEmpty();
            default -> false;
        };
    }

    /** Whether it is exactly this string, which needs no escapes. */
    public boolean is(String text) {
        return isString()
                && Arrays.equals(array, from + 1, to - 1, text.getBytes(StandardCharsets.UTF_8), 0, text.length());
    }

    /** Whether the other one is written the same. */
    public boolean same(Value other) {
        return Arrays.equals(array, from, to, other.array, other.from, other.to);
    }

    /** The string's text, unescaped. */
    public String text() {
        if (!isString()) {
            throw new UnconvertibleException("expected a string");
        }
        JsonTokenizer tokens = tokens();
        tokens.next();
        return tokens.text();
    }

    /** What stands between a string's quotes, escapes and all. Such bodies, one behind the other, are again one string's. */
    public Value body() {
        if (!isString()) {
            throw new UnconvertibleException("expected a string");
        }
        return new Value(array, from + 1, to - 1);
    }

    /** A whole number that is not negative. */
    public int number() {
        JsonTokenizer tokens = tokens();
        tokens.next();
        long whole = tokens.whole();
        if (whole < 0 || whole > Integer.MAX_VALUE) {
            throw new UnconvertibleException("expected a small whole number");
        }
        return (int) whole;
    }

    /** Its members, where it is an object. */
    public Fields fields() {
        if (!isObject()) {
            throw new UnconvertibleException("expected an object");
        }
        JsonTokenizer tokens = tokens();
        tokens.next();
        tokens.next();
        Map<String, Value> members = new LinkedHashMap<>();
        while (tokens.is(Token.NAME)) {
            String name = tokens.name();
            tokens.next();
            int start = from + tokens.start();
            tokens.skip();
            if (members.put(name, new Value(array, start, from + tokens.previousEnd())) != null) {
                throw new UnconvertibleException("a member stands there twice");
            }
        }
        return new Fields(members);
    }

    /** Its elements, where it is an array. */
    public List<Value> elements() {
        if (!isArray()) {
            throw new UnconvertibleException("expected an array");
        }
        JsonTokenizer tokens = tokens();
        tokens.next();
        tokens.next();
        List<Value> elements = new ArrayList<>();
        while (!tokens.is(Token.END_ARRAY)) {
            int start = from + tokens.start();
            tokens.skip();
            elements.add(new Value(array, start, from + tokens.previousEnd()));
        }
        return elements;
    }

    private JsonTokenizer tokens() {
        return new JsonTokenizer(new RequestBody(array, from, to - from));
    }
}
