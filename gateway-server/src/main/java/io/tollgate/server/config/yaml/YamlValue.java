package io.tollgate.server.config.yaml;

import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A scalar that may be there. A malformed one has been reported when this exists; asking for it then gives a default, so
 * that reading goes on. An empty scalar ({@code key:}, {@code ""}, {@code ${NAME:-}}) counts as absent.
 *
 * @param <T> the value's type
 */
public final class YamlValue<T> {
    private final YamlObject parent;
    private final String key;
    private final ScalarType<T> type;
    private final Supplier<String> shown;
    private final @Nullable T value;
    private final boolean reported;

    /** {@code shown} tells how a problem shows the value: most have none, and texts for all would slow the reading. */
    YamlValue(
            YamlObject parent,
            String key,
            ScalarType<T> type,
            Supplier<String> shown,
            @Nullable T value,
            boolean reported) {
        this.parent = parent;
        this.key = key;
        this.type = type;
        this.shown = shown;
        this.value = value;
        this.reported = reported;
    }

    /** The value; reports a problem when it is absent and then gives the type's placeholder. */
    public T required() {
        T present = value;
        if (present != null) {
            return present;
        }
        if (!reported) {
            parent.problem(key, "is missing; expected " + type.expected());
        }
        return type.placeholder();
    }

    /** The value, or this default. */
    public T orElse(T fallback) {
        T present = value;
        return present != null ? present : fallback;
    }

    /** The value, or null. */
    public @Nullable T orNull() {
        return value;
    }

    /** Whether something usable was given. */
    public boolean isPresent() {
        return value != null;
    }

    /** Reports a value that fails the test; {@code expected} completes "expected …". */
    public YamlValue<T> must(Predicate<? super T> test, String expected) {
        T present = value;
        if (present == null || test.test(present)) {
            return this;
        }
        parent.problem(key, shown.get() + ", expected " + expected);
        return new YamlValue<>(parent, key, type, shown, null, true);
    }
}
