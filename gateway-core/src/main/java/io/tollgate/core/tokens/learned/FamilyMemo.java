package io.tollgate.core.tokens.learned;

import io.tollgate.core.dialect.Family;
import io.tollgate.core.tokens.ModelFamily;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Remembers the families of models, which are told by patterns: a look-up instead of a microsecond. Any thread. */
final class FamilyMemo {
    /** Names come from callers; beyond these the patterns are asked each time. */
    private static final int MOST = 1_000;

    private final ConcurrentHashMap<Name, ModelFamily> known = new ConcurrentHashMap<>();

    /** A model as a dialect names it. */
    private record Name(String model, Family dialect) {}

    ModelFamily of(@Nullable String model, Family dialect) {
        if (model == null) {
            return ModelFamily.of(null, dialect);
        }
        Name name = new Name(model, dialect);
        ModelFamily family = known.get(name);
        if (family == null) {
            family = ModelFamily.of(model, dialect);
            if (known.size() < MOST) {
                known.put(name, family);
            }
        }
        return family;
    }
}
