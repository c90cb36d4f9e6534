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

    private SchemaExample() {}

    /** An object that satisfies the schema. */
    static Map<String, @Nullable Object> object(JsonObject schema, long seed) {
        return object(schema, schema, seed, 0);
    }

    private static Map<String, @Nullable Object> object(JsonObject root, JsonObject schema, long seed, int depth) {
        Map<String, @Nullable Object> example = new LinkedHashMap<>();
        long state = seed;
        for (Map.Entry<String, @Nullable Object> property :
                schema.object("properties").members().entrySet()) {
            state = Seed.next(state);
            if (property.getValue() instanceof JsonObject type) {
                example.put(property.getKey(), value(root, type, state, depth + 1));
            }
        }
        return example;
    }

    private static @Nullable Object value(JsonObject root, JsonObject schema, long seed, int depth) {
        if (depth > DEEPEST) {
            return null;
        }
        String reference = schema.string("$ref");
        if (reference != null) {
            return value(root, resolve(root, reference), seed, depth + 1);
        }
        List<?> choices = schema.list("enum");
        if (!choices.isEmpty()) {
            return choices.getFirst();
        }
        List<JsonObject> alternatives = schema.objects("anyOf");
        if (!alternatives.isEmpty()) {
            return value(root, alternatives.getFirst(), seed, depth + 1);
        }
        return switch (type(schema)) {
            case "object" -> object(root, schema, seed, depth);
            case "array" -> {
                Object element = value(root, schema.object("items"), seed, depth + 1);
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
        return first instanceof String name
                ? name.toLowerCase(Locale.ROOT)
                : schema.has("properties") ? "object" : "string";
    }

    private static JsonObject resolve(JsonObject root, String reference) {
        JsonObject target = root;
        for (String step : reference.replaceFirst("^#/?", "").split("/")) {
            target = step.isEmpty() ? target : target.object(step);
        }
        return target;
    }
}
