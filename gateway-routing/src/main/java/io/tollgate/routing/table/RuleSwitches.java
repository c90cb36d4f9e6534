package io.tollgate.routing.table;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Which rules are switched off while the gateway runs, and how often each was followed. Outlives reloads of the
 * configuration; any thread. Bounded by the names that configurations had.
 */
public final class RuleSwitches {
    private final Set<String> off = ConcurrentHashMap.newKeySet();
    private final Map<String, LongAdder> followed = new ConcurrentHashMap<>();

    /** Switches a rule off or on again. */
    public void set(String rule, boolean on) {
        if (on) {
            off.remove(rule);
        } else {
            off.add(rule);
        }
    }

    /** Whether a rule is on. */
    public boolean isOn(String rule) {
        return off.isEmpty() || !off.contains(rule);
    }

    /** Calls that followed a rule since the start. */
    public long followed(String rule) {
        LongAdder count = followed.get(rule);
        return count == null ? 0 : count.sum();
    }

    void follow(String rule) {
        followed.computeIfAbsent(rule, any -> new LongAdder()).increment();
    }
}
