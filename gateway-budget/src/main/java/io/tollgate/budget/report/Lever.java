package io.tollgate.budget.report;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What can keep a call from costing its baseline, in the order a waterfall shows it. {@code docs/savings.md} has the methods. */
public enum Lever {
    /** The answer was at hand. */
    CACHE("cache", "exact cache", false),
    /** The answer was under way for another call. */
    COALESCING("coalescing", "shared calls", false),
    /** Another model answered: what the asked one would have charged for the same tokens. */
    ROUTING("routing", "routing", true),
    /** The answer was cut at a cap of Tollgate's; how long it would have been is not known. */
    OUTPUT_CAP("output_cap", "output caps", true),
    /** The provider's own cache of prompts, its writes included, against the price of uncached input. */
    PROMPT_CACHE("prompt_cache", "provider prompt cache", false),
    /** Turns left out. */
    HISTORY("history", "shorter history", true),
    /** Documents cut. */
    TRUNCATION("truncation", "truncation", true),
    /** Filler taken out. */
    TRIMMING("trimming", "trimming", true),
    /** A stream ended once it had what was wanted. */
    EARLY_STOP("early_stop", "early stops", true);

    private final String wireName;
    private final String title;
    private final boolean estimate;

    Lever(String wireName, String title, boolean estimate) {
        this.wireName = wireName;
        this.title = title;
        this.estimate = estimate;
    }

    /** As in the ledger's rows. */
    public String wireName() {
        return wireName;
    }

    /** For people. */
    public String title() {
        return title;
    }

    /** Whether the figure rests on what a call would have used, which nobody has seen. */
    public boolean isEstimate() {
        return estimate;
    }

    /** The lever of this name, or null for one that this version does not know. */
    public static @Nullable Lever of(String wireName) {
        for (Lever lever : values()) {
            if (lever.wireName.equals(wireName)) {
                return lever;
            }
        }
        return null;
    }

    /** All known levers, with 0 where they did nothing, then unknown ones by name: they add up to what was saved. */
    public static SequencedMap<String, Long> all(Map<String, Long> savedNanos) {
        SequencedMap<String, Long> all = new LinkedHashMap<>();
        for (Lever lever : values()) {
            all.put(lever.wireName, savedNanos.getOrDefault(lever.wireName, 0L));
        }
        TreeSet<String> rest = new TreeSet<>(Comparator.naturalOrder());
        rest.addAll(savedNanos.keySet());
        rest.removeAll(all.keySet());
        rest.forEach(name -> all.put(name, savedNanos.getOrDefault(name, 0L)));
        return all;
    }
}
