package io.tollgate.core.exchange;

import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Attribution of a call: {@code team}, {@code feature}, {@code environment}, {@code user}, {@code session}, {@code task} and any other name. Immutable, in name order. */
public final class Tags implements Iterable<Map.Entry<String, String>> {
    /** No tags. */
    public static final Tags NONE = new Tags(new TreeMap<>());

    private final SequencedMap<String, String> values;

    private Tags(SequencedMap<String, String> inNameOrder) {
        this.values = Collections.unmodifiableSequencedMap(inNameOrder);
    }

    /** These name-value pairs. */
    public static Tags of(Map<String, String> values) {
        return values.isEmpty() ? NONE : new Tags(new TreeMap<>(values));
    }

    /** This tag's value, or null. */
    public @Nullable String get(String name) {
        return values.get(name);
    }

    /** These tags, overridden by {@code winner}'s where both name one. */
    public Tags overriddenBy(Tags winner) {
        if (winner.values.isEmpty()) {
            return this;
        }
        if (values.isEmpty()) {
            return winner;
        }
        TreeMap<String, String> merged = new TreeMap<>(values);
        merged.putAll(winner.values);
        return new Tags(merged);
    }

    /** As an unmodifiable map in name order. */
    public Map<String, String> asMap() {
        return values;
    }

    /** Whether there is none. */
    public boolean isEmpty() {
        return values.isEmpty();
    }

    @Override
    public Iterator<Map.Entry<String, String>> iterator() {
        return values.entrySet().iterator();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Tags tags && tags.values.equals(values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return values.toString();
    }
}
