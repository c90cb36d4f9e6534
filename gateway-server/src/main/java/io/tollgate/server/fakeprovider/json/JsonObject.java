package io.tollgate.server.fakeprovider.json;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object as read, with lenient access: a member that is absent or of another type counts as absent.
 *
 * @param members values are String, Long, Double, Boolean, null, List or JsonObject
 */
public record JsonObject(Map<String, @Nullable Object> members) {
    /** The object without members. */
    public static final JsonObject EMPTY = new JsonObject(Map.of());

    /** The raw value, or null. */
    public @Nullable Object get(String name) {
        return members.get(name);
    }

    /** Whether the member is there, even as null. */
    public boolean has(String name) {
        return members.containsKey(name);
    }

    /** A string, or null. */
    public @Nullable String string(String name) {
        return members.get(name) instanceof String text ? text : null;
    }

    /** A string, or what to take instead. */
    public String string(String name, String otherwise) {
        return members.get(name) instanceof String text ? text : otherwise;
    }

    /** A whole number, or what to take instead. */
    public long number(String name, long otherwise) {
        return members.get(name) instanceof Number number ? number.longValue() : otherwise;
    }

    /** Whether the member is {@code true}. */
    public boolean flag(String name) {
        return Boolean.TRUE.equals(members.get(name));
    }

    /** An object; {@link #EMPTY} when absent. */
    public JsonObject object(String name) {
        return members.get(name) instanceof JsonObject object ? object : EMPTY;
    }

    /** An array; empty when absent. */
    public List<?> list(String name) {
        return members.get(name) instanceof List<?> list ? list : List.of();
    }

    /** The objects of an array; other elements are left out. */
    public List<JsonObject> objects(String name) {
        return objectsOf(list(name));
    }

    /** The objects among these values. */
    public static List<JsonObject> objectsOf(List<?> values) {
        List<JsonObject> objects = new ArrayList<>(values.size());
        for (Object value : values) {
            if (value instanceof JsonObject object) {
                objects.add(object);
            }
        }
        return objects;
    }
}
