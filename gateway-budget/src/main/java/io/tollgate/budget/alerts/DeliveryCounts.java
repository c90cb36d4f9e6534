package io.tollgate.budget.alerts;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/** Deliveries since the start, by type of channel. Any thread. */
public final class DeliveryCounts {
    /** All types of channels. */
    public static final List<String> TYPES = List.of("slack", "pagerduty", "webhook", "email");

    private final Map<String, LongAdder> delivered = adders();
    private final Map<String, LongAdder> retried = adders();
    private final Map<String, LongAdder> failed = adders();

    private static Map<String, LongAdder> adders() {
        return TYPES.stream().collect(Collectors.toUnmodifiableMap(type -> type, type -> new LongAdder()));
    }

    private static LongAdder of(Map<String, LongAdder> counts, String type) {
        LongAdder count = counts.get(type);
        if (count == null) {
            throw new IllegalArgumentException("no type of channel '" + type + "'; there are " + TYPES);
        }
        return count;
    }

    void delivered(String type) {
        of(delivered, type).increment();
    }

    void retried(String type) {
        of(retried, type).increment();
    }

    void failed(String type) {
        of(failed, type).increment();
    }

    /** Alerts their receiver has. */
    public long deliveredTo(String type) {
        return of(delivered, type).sum();
    }

    /** Attempts that failed and are repeated. */
    public long retriedTo(String type) {
        return of(retried, type).sum();
    }

    /** Alerts that were given up. */
    public long failedTo(String type) {
        return of(failed, type).sum();
    }
}
