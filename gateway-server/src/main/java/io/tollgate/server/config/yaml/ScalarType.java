package io.tollgate.server.config.yaml;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A kind of value that is written as one scalar.
 *
 * @param expected completes "expected …" in a problem, with an example of the notation
 * @param placeholder stands in for a value that is missing or malformed, so that reading goes on and finds every problem;
 *     it never leaves a document that has problems
 * @param parser turns text into a value
 * @param <T> the value's type
 */
public record ScalarType<T>(String expected, T placeholder, Parser<T> parser) {
    /** Turns text into a value. */
    @FunctionalInterface
    public interface Parser<T> {
        /** The value, or null when the text is not of this type. Must not throw. */
        @Nullable
        T parse(String text);
    }

    /** The same notation, fewer values. {@code narrower} completes "expected …". */
    public ScalarType<T> where(Predicate<? super T> condition, String narrower) {
        return new ScalarType<>(narrower, placeholder, text -> {
            T value = parser.parse(text);
            return value != null && condition.test(value) ? value : null;
        });
    }
}
