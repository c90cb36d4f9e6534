package io.tollgate.server.config.yaml;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where {@code ${NAME}} is looked up. */
@FunctionalInterface
public interface Environment {
    /** The process's own. */
    Environment SYSTEM = System::getenv;

    /** The variable's value, or null when it is not set. */
    @Nullable
    String get(String name);

    /** Exactly these variables. */
    static Environment of(Map<String, String> variables) {
        return Map.copyOf(variables)::get;
    }
}
