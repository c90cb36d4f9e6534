package io.tollgate.core.dialect.json;

import io.tollgate.core.http.Members;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The values a {@link Layout} asked for in one object, by the names it gave them, and where all members stand. */
public final class ParsedObject {
    static final ParsedObject ABSENT = new ParsedObject(Members.NONE, Map.of());

    private final Members members;
    private final Map<String, Object> values;

    ParsedObject(Members members, Map<String, Object> values) {
        this.members = members;
        this.values = values;
    }

    /** All members and where they stand; {@link Members#NONE} when the object itself was absent or null. */
    public Members members() {
        return members;
    }

    /** A string, or null when absent or null. */
    public @Nullable String string(String name) {
        return (String) values.get(name);
    }

    /** A flag, or null when absent or null. */
    public @Nullable Boolean flag(String name) {
        return (Boolean) values.get(name);
    }

    /** A whole number, or -1 when absent or null. */
    public long integer(String name) {
        Object value = values.get(name);
        return value == null ? -1 : (Long) value;
    }

    /** An object inside; one without members when it is absent or null. */
    public ParsedObject object(String name) {
        Object value = values.get(name);
        return value == null ? ABSENT : (ParsedObject) value;
    }
}
