package io.tollgate.budget.rollup;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The values a row has for the dimensions that are rolled up, in the order of {@link #DIMENSIONS}; null for none. */
public final class Combination {
    /** The dimensions' names. */
    public static final List<String> DIMENSIONS =
            List.of("key", "team", "feature", "environment", "user", "provider", "model", "task", "route");

    /** Where the user stands. */
    static final int USER = DIMENSIONS.indexOf("user");

    private final @Nullable String[] values;
    private final int hash;

    /** Takes the array over. */
    Combination(@Nullable String[] values) {
        this.values = values;
        this.hash = Arrays.hashCode(values);
    }

    /** The value of the dimension in this place. */
    public @Nullable String value(int dimension) {
        return values[dimension];
    }

    /** The same for all users together. */
    Combination withoutUser() {
        if (values[USER] == null) {
            return this;
        }
        @Nullable String[] others = values.clone();
        others[USER] = null;
        return new Combination(others);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Combination that && hash == that.hash && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return Arrays.toString(values);
    }
}
