package io.tollgate.core.dialect.replay.form;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A value that a stream tells in pieces. Objects are united; what else comes twice must be the same unless the dialect's
 * rules say how it grows. Null and {@code ""} give way to anything.
 */
public final class Growing {
    private static final String INDEX = "index";

    private static final int DEEPEST = 8;

    private final GrowthRules rules;
    private final String name;
    private final int depth;
    private @Nullable Value last;
    private @Nullable List<Value> bodies;
    private @Nullable List<Value> elements;
    private @Nullable Map<Integer, Growing> indexed;
    private @Nullable Map<String, Growing> members;

    /** Nothing yet, of a member of this name. */
    public Growing(String name, GrowthRules rules) {
        this(name, rules, 0);
    }

    private Growing(String name, GrowthRules rules, int depth) {
        this.name = name;
        this.rules = rules;
        this.depth = depth;
    }

    /** Whether nothing was told yet. */
    public boolean isEmpty() {
        return last == null;
    }

    /** The member told so far, or null. */
    public @Nullable Growing get(String member) {
        return members == null ? null : members.get(member);
    }

    /** The member's value as it was told last, or null where none was told. */
    public @Nullable Value lastOf(String member) {
        Growing growing = get(member);
        return growing == null ? null : growing.last;
    }

    /** Takes what the next event tells of it. */
    public void add(Value next) {
        Value known = last;
        if (known == null || known.isNull()) {
            last = next;
            begin(next);
        } else if (!next.isNull()) {
            last = grow(known, next);
        }
    }

    /** Takes one member of it. */
    public void add(String member, Value next) {
        if (members == null) {
            members = new LinkedHashMap<>();
            last = Value.of("{}");
        }
        members.computeIfAbsent(member, this::inner).add(next);
    }

    private Growing inner(String inside) {
        return new Growing(inside, rules, depth + 1);
    }

    private void begin(Value first) {
        if (depth > DEEPEST) {
            return; // every level is read once more; this deep it has to come whole
        }
        if (first.isObject()) {
            members = new LinkedHashMap<>();
            unite(first);
        } else if (first.isString() && rules.grows().contains(name)) {
            bodies = new ArrayList<>();
            bodies.add(first.body());
        } else if (first.isArray() && rules.indexed().contains(name) && saysWhich(first)) {
            indexed = new TreeMap<>();
            byIndex(first);
        } else if (first.isArray() && rules.appended().contains(name)) {
            elements = first.elements();
        }
    }

    /** Returns what it now is, as far as that is one value. */
    private Value grow(Value known, Value next) {
        if (members != null && next.isObject()) {
            unite(next);
        } else if (bodies != null && next.isString()) {
            bodies.add(next.body());
        } else if (indexed != null && next.isArray()) {
            byIndex(next);
        } else if (elements != null && next.isArray()) {
            elements.addAll(next.elements());
        } else if (known.is("") && next.isString()) {
            begin(next);
        } else if (next.is("")) {
            return known;
        } else if (!known.same(next)) {
            throw new UnconvertibleException("two values of " + name);
        }
        return next;
    }

    private void unite(Value object) {
        object.fields().members().forEach(this::add);
    }

    /** Some hosts leave the index out where they tell all elements at once: then no more may come. */
    private static boolean saysWhich(Value array) {
        return array.elements().stream()
                .allMatch(element -> element.isObject() && element.fields().get(INDEX) != null);
    }

    private void byIndex(Value array) {
        for (Value element : array.elements()) {
            int index = element.fields().need(INDEX).number();
            if (indexed != null) {
                indexed.computeIfAbsent(index, key -> inner(name)).add(element);
            }
        }
    }

    /** Writes it. */
    public void write(Out out) {
        if (members != null) {
            out.raw("{");
            boolean hidden = rules.unindexed().contains(name);
            members.forEach((key, value) -> {
                if (!hidden || !key.equals(INDEX)) {
                    value.write(out.name(key));
                }
            });
            out.raw("}");
        } else if (bodies != null) {
            out.raw("\"");
            bodies.forEach(out::body);
            out.raw("\"");
        } else if (indexed != null) {
            out.raw("[");
            indexed.values().forEach(value -> value.write(out.item()));
            out.raw("]");
        } else if (elements != null) {
            out.raw("[");
            elements.forEach(value -> out.item().value(value));
            out.raw("]");
        } else if (last != null) {
            out.value(last);
        }
    }

    /** Writes its members, but for some, into the object that is being written. */
    public void writeMembers(Set<String> left, Out out) {
        if (members != null) {
            members.forEach((key, value) -> {
                if (!left.contains(key)) {
                    value.write(out.name(key));
                }
            });
        }
    }
}
