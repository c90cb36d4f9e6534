package io.tollgate.routing.cap;

import java.util.Map;

/**
 * Caps where the caller sets none.
 *
 * @param defaultCap tokens; -1 leaves it to the provider
 * @param byTask tokens by the value of the tag {@code task}
 * @param learn whether caps follow what answers of the same kind were
 * @param factor what the learned length is multiplied with
 */
public record OutputPolicy(long defaultCap, Map<String, Long> byTask, boolean learn, double factor) {
    /** No caps. */
    public static final OutputPolicy NONE = new OutputPolicy(-1, Map.of(), false, 1);

    /** Copies. */
    public OutputPolicy {
        byTask = Map.copyOf(byTask);
    }

    /** Whether it ever sets a cap. */
    boolean caps() {
        return defaultCap >= 0 || learn || !byTask.isEmpty();
    }
}
