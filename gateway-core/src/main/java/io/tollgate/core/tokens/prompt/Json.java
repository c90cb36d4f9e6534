package io.tollgate.core.tokens.prompt;

import io.tollgate.core.dialect.json.JsonSource;
import io.tollgate.core.dialect.json.JsonString;
import io.tollgate.core.http.RequestBody;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * A JSON value as read, for those who must look at a whole request and have the time: never on an event loop. What is
 * absent or of another type reads as empty, since a provider judges a request, not its estimate.
 */
public sealed interface Json {
    /** What is null or not there at all. */
    enum Null implements Json {
        /** The only one. */
        NOTHING
    }

    /** An object; a name that comes twice keeps its last value. */
    record Members(Map<String, Json> byName) implements Json {}

    /** An array. */
    record Elements(List<Json> list) implements Json {}

    /** A string. */
    record Text(String value) implements Json {}

    /** A number, {@code true} or {@code false}, as written. */
    record Literal(String written) implements Json {}

    /** Reads a body. {@link Null} where it is not JSON. */
    static Json read(RequestBody body) {
        try (JsonParser parser = JsonSource.open(body.array(), body.offset(), body.length())) {
            parser.nextToken();
            return value(parser);
        } catch (JacksonException e) {
            return Null.NOTHING;
        }
    }

    private static Json value(JsonParser parser) {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT) {
            Map<String, Json> members = new LinkedHashMap<>();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                members.put(name, value(parser));
            }
            return new Members(members);
        }
        if (token == JsonToken.START_ARRAY) {
            List<Json> elements = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                elements.add(value(parser));
            }
            return new Elements(elements);
        }
        return token == JsonToken.VALUE_STRING ? new Text(parser.getString()) : literal(parser);
    }

    private static Json literal(JsonParser parser) {
        return parser.currentToken() == JsonToken.VALUE_NULL || parser.currentToken() == null
                ? Null.NOTHING
                : new Literal(parser.getString());
    }

    /** Whether this is null or not there. */
    default boolean isNothing() {
        return this == Null.NOTHING;
    }

    /** A member, {@link Null} when there is none. */
    default Json get(String name) {
        return this instanceof Members members ? members.byName().getOrDefault(name, Null.NOTHING) : Null.NOTHING;
    }

    /** The first of these members there is, for dialects with two spellings. */
    default Json either(String name, String other) {
        return has(name) ? get(name) : get(other);
    }

    /** Whether this is an object with such a member that is not null. */
    default boolean has(String name) {
        return !get(name).isNothing();
    }

    /** The members of an object, in order. */
    default Map<String, Json> members() {
        return this instanceof Members members ? members.byName() : Map.of();
    }

    /** The elements of an array; the value itself where one stands for a list; nothing for nothing. */
    default List<Json> elements() {
        return this instanceof Elements elements ? elements.list() : isNothing() ? List.of() : List.of(this);
    }

    /** The text of a string; empty for anything else. */
    default String text() {
        return this instanceof Text text ? text.value() : "";
    }

    /** A string's text, or any other value's JSON; empty for nothing. */
    default String textOrJson() {
        return this instanceof Text text ? text.value() : isNothing() ? "" : compact();
    }

    /** Whether this is {@code true}. */
    default boolean isTrue() {
        return this instanceof Literal literal && literal.written().equals("true");
    }

    /** Whether this is {@code false}. */
    default boolean isFalse() {
        return this instanceof Literal literal && literal.written().equals("false");
    }

    /** As JSON without blanks. */
    default String compact() {
        StringBuilder out = new StringBuilder();
        write(out);
        return out.toString();
    }

    private void write(StringBuilder out) {
        switch (this) {
            case Members members -> {
                char before = '{';
                for (Map.Entry<String, Json> member : members.byName().entrySet()) {
                    out.append(before).append(JsonString.quote(member.getKey())).append(':');
                    member.getValue().write(out);
                    before = ',';
                }
                out.append(before == '{' ? "{}" : "}");
            }
            case Elements elements -> {
                char before = '[';
                for (Json element : elements.list()) {
                    out.append(before);
                    element.write(out);
                    before = ',';
                }
                out.append(before == '[' ? "[]" : "]");
            }
            case Text text -> out.append(JsonString.quote(text.value()));
            case Literal literal -> out.append(literal.written());
            case Null nothing -> out.append("null");
        }
    }

    /** Reads text that may be JSON; null when it is none. */
    static @Nullable Json parse(String text) {
        byte[] bytes = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        Json value = read(RequestBody.of(bytes));
        return value.isNothing() ? null : value;
    }
}
