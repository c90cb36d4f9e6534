package io.tollgate.routing.shaping;

import io.tollgate.core.http.RequestBody;
import io.tollgate.core.json.JsonTokenizer;
import io.tollgate.core.json.Token;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** JSON as maps and lists; numbers and the like as they are written. */
final class Json {
    private final JsonTokenizer json;

    private Json(String text) {
        json = new JsonTokenizer(RequestBody.of(text.getBytes(StandardCharsets.UTF_8)));
        json.next();
    }

    static Object read(String text) {
        return new Json(text).value();
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> object(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }

    static List<?> list(@Nullable Object value) {
        return value instanceof List<?> list ? list : List.of();
    }

    private Object value() {
        Object value;
        if (json.is(Token.START_OBJECT)) {
            Map<String, Object> members = new LinkedHashMap<>();
            json.next();
            while (json.is(Token.NAME)) {
                String name = json.name();
                json.next();
                members.put(name, value());
            }
            value = members;
        } else if (json.is(Token.START_ARRAY)) {
            List<Object> elements = new ArrayList<>();
            json.next();
            while (!json.is(Token.END_ARRAY)) {
                elements.add(value());
            }
            value = elements;
        } else {
            value = json.text();
        }
        json.next();
        return value;
    }

    /** The text with empty strings where members of these names, or elements of lists of these names, are strings. */
    static String masked(String text, Set<String> names) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        JsonTokenizer json = new JsonTokenizer(RequestBody.of(bytes));
        StringBuilder out = new StringBuilder();
        int from = 0;
        String name = "";
        for (json.next(); json.token() != null; json.next()) {
            if (json.is(Token.NAME)) {
                name = json.name();
            } else if (json.is(Token.STRING) && names.contains(name)) {
                out.append(new String(bytes, from, json.start() + 1 - from, StandardCharsets.UTF_8));
                from = end(bytes, json.start());
            }
        }
        return out.append(new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8))
                .toString();
    }

    private static int end(byte[] bytes, int quote) {
        int at = quote + 1;
        while (bytes[at] != '"') {
            at += bytes[at] == '\\' ? 2 : 1;
        }
        return at;
    }
}
