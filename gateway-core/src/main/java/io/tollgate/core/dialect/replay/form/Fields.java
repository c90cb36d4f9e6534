package io.tollgate.core.dialect.replay.form;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The members of one object, in order. */
public record Fields(Map<String, Value> members) {
    /** Whether there are none. */
    public boolean isEmpty() {
        return members.isEmpty();
    }

    /** The member of this name, or null where there is none or it is null. */
    public @Nullable Value get(String name) {
        Value value = members.get(name);
        return value == null || value.isNull() ? null : value;
    }

    /** The member of this name, which must be there and not be null. */
    public Value need(String name) {
        Value value = get(name);
        if (value == null) {
            throw new UnconvertibleException("expected a member " + name);
        }
        return value;
    }

    /** Whether the member is exactly this string. */
    public boolean is(String name, String text) {
        Value value = members.get(name);
        return value != null && value.is(text);
    }

    /** The member's members. */
    public Fields object(String name) {
        return need(name).fields();
    }

    /** The member's elements; none where it is absent or null. */
    public List<Value> list(String name) {
        Value value = get(name);
        return value == null ? List.of() : value.elements();
    }

    /** The number that stands there, 0 where it is left out. */
    public int number(String name) {
        Value value = get(name);
        return value == null ? 0 : value.number();
    }

    /** Refuses members that have no place in the other form, unless they are null. */
    public void refuse(String... names) {
        for (String name : names) {
            if (get(name) != null) {
                throw new UnconvertibleException("a member " + name + " has no place in the other form");
            }
        }
    }

    /** Writes all members but some into the object that is being written. */
    public void writeExcept(Set<String> left, Out out) {
        members.forEach((name, value) -> {
            if (!left.contains(name)) {
                out.member(name, value);
            }
        });
    }

    /** Writes those of these members that are there. */
    public void writeOnly(List<String> wanted, Out out) {
        for (String name : wanted) {
            Value value = members.get(name);
            if (value != null) {
                out.member(name, value);
            }
        }
    }
}
