package io.tollgate.routing.table;

import io.tollgate.core.exchange.Exchange;
import io.tollgate.core.text.Glob;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which calls a rule is for; all that is set must hold.
 *
 * @param globs by {@code model}, {@code provider}, {@code key} or a tag's name; one of each name's globs must match
 * @param simple whether the request must be judged simple (true) or not (false); null for any
 * @param minTokens of the prompt, estimated
 * @param maxTokens of the prompt, estimated
 * @param hours when the call must arrive, or null for any time
 */
public record Conditions(
        Map<String, List<String>> globs,
        @Nullable Boolean simple,
        long minTokens,
        long maxTokens,
        @Nullable DailyHours hours) {
    /** Copies. */
    public Conditions {
        globs = Map.copyOf(globs);
    }

    /** Whether it may hold for a call for this model, whatever else is true of it. */
    boolean mayApplyTo(String model) {
        List<String> models = globs.get("model");
        return models == null || matches(models, model);
    }

    /** Whether the globs, the length and the time fit; how hard the request is stays to be asked. */
    public boolean apply(Exchange exchange, String provider, String model, long promptTokens) {
        if (promptTokens < minTokens || promptTokens > maxTokens) {
            return false;
        }
        if (hours != null && !hours.contains(exchange.receivedAt())) {
            return false;
        }
        for (Map.Entry<String, List<String>> glob : globs.entrySet()) {
            String value = switch (glob.getKey()) {
                case "model" -> model;
                case "provider" -> provider;
                case "key" -> exchange.caller().get().key();
                default -> exchange.tags().get().get(glob.getKey());
            };
            if (value == null || !matches(glob.getValue(), value)) {
                return false;
            }
        }
        return true;
    }

    private static boolean matches(List<String> globs, String value) {
        for (String glob : globs) {
            if (Glob.matches(glob, value)) {
                return true;
            }
        }
        return false;
    }
}
