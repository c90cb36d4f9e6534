package io.tollgate.server.fakeprovider.answer;

import io.tollgate.server.fakeprovider.json.JsonObject;
import io.tollgate.server.fakeprovider.text.PseudoText;
import io.tollgate.server.fakeprovider.text.Seed;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values that satisfy a JSON schema: a tool's arguments, a structured answer. Understands what SDKs generate. */
final class SchemaExample {
    private static final int DEEPEST = 12;
    private static final int MOST_VALUES = 2_000;

    private final JsonObject root;
    private int values;

    private SchemaExample(JsonObject root) {
        this.root = root;
    }

    /** An object that satisfies the schema, unless the schema is so large or recursive that it is cut short. */
    static Map<String, @Nullable Object> object(JsonObject schema, long seed) {
        return new SchemaExample(schema).properties(schema, seed, 0);
    }

    private Map<String, @Nullable Object> properties(JsonObject schema, long seed, int depth) {
        Map<String, @Nullable Object> example = new LinkedHashMap<>();
        long state = seed;
        for (Map.Entry<String, @Nullable Object> property :
                schema.object("properties").members().entrySet()) {
            state = Seed.next(state);
            if (property.getValue() instanceof JsonObject type) {
                example.put(property.getKey(), value(type, state, depth + 1));
            }
        }
        return example;
    }

    private @Nullable Object value(JsonObject schema, long seed, int depth) {
        values++;
        if (depth > DEEPEST || values > MOST_VALUES) {
            return null;
        }
        String reference = schema.string("$ref");
        if (reference != null) {
            return value(resolve(reference), seed, depth + 1);
        }
        List<?> choices = schema.list("enum");
        if (!choices.isEmpty()) {
            return choices.getFirst();
        }
        List<JsonObject> alternatives = schema.objects("anyOf");
        if (!alternatives.isEmpty()) {
            return value(alternatives.getFirst(), seed, depth + 1);
        }
        return switch (type(schema)) {
            case "object" -> properties(schema, seed, depth);
            case "array" -> {
                Object element = value(schema.object("items"), seed, depth + 1);
                yield element == null ? List.of() : List.of(element);
            }
            case "integer" -> (long) Seed.below(seed, 100);
            case "number" -> Seed.below(seed, 10_000) / 100.0;
            case "boolean" -> Seed.below(seed, 2) == 0;
            case "null" -> null;
            default -> PseudoText.word(seed);
        };
    }

    private static String type(JsonObject schema) {
        Object type = schema.get("type");
        Object first = type instanceof List<?> types && !types.isEmpty() ? types.getFirst() : type;
        if (first instanceof String name) {
            return name.toLowerCase(Locale.ROOT);
        }
        return schema.has("properties") ? "object" : "string";
    }

    private JsonObject resolve(String reference) {
        JsonObject target = root;
        for (String step : reference.replaceFirst("^#/?", "").split("/")) {
            target = step.isEmpty() ? target : target.object(step);
        }
        return target;
    }
}
