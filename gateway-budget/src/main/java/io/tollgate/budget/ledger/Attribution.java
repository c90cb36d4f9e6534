package io.tollgate.budget.ledger;

import io.tollgate.core.exchange.Tags;
import io.tollgate.core.provider.Target;
import io.tollgate.core.text.Glob;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What budgets and limits tell calls apart by. The same four facts stand in the usage log's rows, so that any budget can be
 * recomputed from them.
 *
 * @param key the virtual key's id
 * @param model the model the caller asked for
 * @param provider the provider the call goes to
 */
public record Attribution(
        Tags tags,
        @Nullable String key,
        @Nullable String model,
        @Nullable String provider) {
    /** The dimension named like this, or null where the call has none. */
    public @Nullable String value(String dimension) {
        return switch (dimension) {
            case "key" -> key;
            case "model" -> model;
            case "provider" -> provider;
            default -> tags.get(dimension);
        };
    }

    /** Whether every dimension named here has a value that one of its globs matches; no dimensions match every call. */
    public boolean matches(Map<String, List<String>> globs) {
        if (globs.isEmpty()) {
            return true;
        }
        for (Map.Entry<String, List<String>> wanted : globs.entrySet()) {
            String value = value(wanted.getKey());
            if (value == null || !matchesOne(wanted.getValue(), value)) {
                return false;
            }
        }
        return true;
    }

    private static boolean matchesOne(List<String> globs, String value) {
        for (int i = 0; i < globs.size(); i++) {
            if (Glob.matches(globs.get(i), value)) {
                return true;
            }
        }
        return false;
    }

    /** The values of these dimensions, an empty text where the call has none: leaving a header out is no way round. */
    public List<String> values(List<String> dimensions) {
        if (dimensions.isEmpty()) {
            return List.of();
        }
        if (dimensions.size() == 1) {
            return List.of(valueOrNone(dimensions.getFirst()));
        }
        String[] values = new String[dimensions.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = valueOrNone(dimensions.get(i));
        }
        return List.of(values);
    }

    private String valueOrNone(String dimension) {
        String value = value(dimension);
        return value == null ? "" : value;
    }

    /** The same call at another provider. */
    public Attribution at(@Nullable String otherProvider) {
        return new Attribution(tags, key, model, otherProvider);
    }

    /** The same call at this target, its model included. */
    public Attribution at(Target target) {
        return new Attribution(tags, key, target.model(), target.provider().name());
    }
}
