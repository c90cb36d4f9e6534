package io.tollgate.routing.cap;

import java.util.Map;

/**
 * Caps where the caller sets none.
 *
 * @param defaultCap tokens; -1 leaves it to the provider
 * @param byTask tokens by the value of the tag {@code task}
 * @param learn whether caps follow what answers of the same kind were
 * @param factor what the learned length is multiplied with
 * @param retryTruncated whether a plain answer that such a cap cut is asked for once more without it
 */
public record OutputPolicy(
        long defaultCap, Map<String, Long> byTask, boolean learn, double factor, boolean retryTruncated) {
    /** No caps. */
    public static final OutputPolicy NONE = new OutputPolicy(-1, Map.of(), false, 1, false);

    /** These caps, and a cut answer is the answer. */
    public OutputPolicy(long defaultCap, Map<String, Long> byTask, boolean learn, double factor) {
        this(defaultCap, byTask, learn, factor, false);
    }

    /** Copies. */
    public OutputPolicy {
        byTask = Map.copyOf(byTask);
    }

    /** Whether answers that a cap cut are ever asked for again. */
    public boolean asksAgain() {
        return retryTruncated && caps();
    }

    /** Whether it ever sets a cap. */
    boolean caps() {
        return defaultCap >= 0 || learn || !byTask.isEmpty();
    }
}
