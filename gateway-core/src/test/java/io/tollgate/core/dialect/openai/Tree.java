package io.tollgate.core.dialect.openai;

import io.tollgate.core.dialect.json.JsonSource;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** JSON as maps, lists and values: the plain way to say in a test what the readers find by their own way. */
final class Tree {
    private Tree() {}

    static @Nullable Object parse(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        try (JsonParser parser = JsonSource.open(bytes, 0, bytes.length)) {
            parser.nextToken();
            return value(parser);
        }
    }

    private static @Nullable Object value(JsonParser parser) {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT) {
            Map<String, Object> object = new LinkedHashMap<>();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                parser.nextToken();
                Object value = value(parser);
                if (value != null) {
                    object.put(name, value);
                }
            }
            return object;
        }
        if (token == JsonToken.START_ARRAY) {
            List<Object> array = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                Object value = value(parser);
                array.add(value == null ? "" : value);
            }
            return array;
        }
        return switch (token) {
            case VALUE_NULL -> null;
            case VALUE_TRUE, VALUE_FALSE -> token == JsonToken.VALUE_TRUE;
            case VALUE_STRING -> parser.getString();
            default -> parser.getDecimalValue();
        };
    }

    /** What stands at a path of names, or null. */
    static @Nullable Object at(@Nullable Object tree, String... path) {
        Object at = tree;
        for (String name : path) {
            at = at instanceof Map<?, ?> object ? object.get(name) : null;
        }
        return at;
    }

    /** The first of these that is a number, or zero. */
    static long number(@Nullable Object tree, String... dottedPaths) {
        for (String path : dottedPaths) {
            if (at(tree, path.split("\\.")) instanceof BigDecimal number) {
                return number.longValue();
            }
        }
        return 0;
    }
}
