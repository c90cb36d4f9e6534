package io.tollgate.core.dialect.json;

import io.tollgate.core.error.RefusedException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Refuses a name an object has already; two spellings of one name count as one. Compares few, hashes many. */
final class UniqueNames {
    private static final int MOST = 1_000;
    private static final int FEW = 16;

    private final Layout layout;
    private final List<String> few = new ArrayList<>(FEW);
    private @Nullable Set<String> many;
    private int size;

    UniqueNames(Layout layout) {
        this.layout = layout;
    }

    /** Adds the name that stands at this byte. */
    void add(String name, int at) {
        if (++size > MOST) {
            throw RefusedException.malformed("more than " + MOST + " members in one object at byte " + at);
        }
        String canonical = layout.canonical(name);
        if (many == null && size > FEW) {
            many = new HashSet<>(few);
        }
        boolean isNew = many == null ? !few.contains(canonical) : many.add(canonical);
        if (!isNew) {
            throw repeated(name, at);
        }
        if (many == null) {
            few.add(canonical);
        }
    }

    static RefusedException repeated(String name, int at) {
        return RefusedException.malformed(
                "duplicate key " + Shown.name(name) + " at byte " + at + "; expected every key once");
    }
}
