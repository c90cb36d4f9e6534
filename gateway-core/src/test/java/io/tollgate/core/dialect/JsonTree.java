package io.tollgate.core.dialect;

import io.tollgate.core.dialect.json.JsonSource;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** JSON as maps, lists, strings, longs and doubles: a plain second opinion for tests. */
public final class JsonTree {
    private JsonTree() {}

    /** The value. */
    public static @Nullable Object parse(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        try (JsonParser parser = JsonSource.open(bytes, 0, bytes.length)) {
            parser.nextToken();
            return value(parser);
        }
    }

    /** An object of one member. */
    public static Map<String, @Nullable Object> object(String name, @Nullable Object value) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put(name, value);
        return map;
    }

    /** What stands below names, or null. */
    @SuppressWarnings("unchecked")
    public static @Nullable Object at(@Nullable Object value, String... names) {
        Object at = value;
        for (String name : names) {
            at = at instanceof Map<?, ?> map ? ((Map<String, @Nullable Object>) map).get(name) : null;
        }
        return at;
    }

    /** The number below names, 0 where there is none. */
    public static long number(@Nullable Object value, String... names) {
        return at(value, names) instanceof Long number ? number : 0;
    }

    private static @Nullable Object value(JsonParser parser) {
        JsonToken token = parser.currentToken();
        return switch (token) {
            case START_OBJECT -> {
                Map<String, @Nullable Object> map = new LinkedHashMap<>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = parser.currentName();
                    parser.nextToken();
                    map.put(name, value(parser));
                }
                yield map;
            }
            case START_ARRAY -> {
                List<@Nullable Object> list = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    list.add(value(parser));
                }
                yield list;
            }
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER_INT ->
                parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                        ? (Object) parser.getBigIntegerValue()
                        : parser.getLongValue();
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> null;
        };
    }
}
