package io.tollgate.routing.cap;

import io.tollgate.core.learn.Group;
import io.tollgate.core.learn.LearnedQuantiles;
import io.tollgate.core.learn.LearnedQuantiles.Known;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * How long answers of a feature, model and task were, and how often a cap of ours cut one. Where that happens to more
 * than a given share of answers the caps of that group widen by themselves until it does not, and narrow again where it
 * happens to fewer. Any thread; bounded by {@link LearnedQuantiles#MOST_GROUPS}.
 */
public final class LearnedCaps {
    /** The usual share of answers that may be cut: at it, widening and narrowing are in balance. */
    private static final double MOST_CUT = 0.008;

    /** What every cut answer widens by. */
    private static final double WIDER = 1.08;

    private static final double WIDEST = 16;

    /** A cut answer would have been longer; by how much nobody knows. */
    private static final long CUT_COUNTS = 2;

    /** What every answer that was not cut narrows by. */
    private final double narrower;

    private final LearnedQuantiles lengths;
    private final ConcurrentHashMap<Group, Cuts> cuts = new ConcurrentHashMap<>();
    private final LongAdder cut = new LongAdder();

    /** Caps at this quantile of the lengths, once this many are known, which cut the usual share of answers. */
    public LearnedCaps(double quantile, int minSamples) {
        this(quantile, minSamples, MOST_CUT);
    }

    /** The same, which cut this share of answers, between 0 and 1. */
    public LearnedCaps(double quantile, int minSamples, double mostCut) {
        lengths = new LearnedQuantiles(minSamples, quantile);
        narrower = Math.pow(WIDER, -mostCut / (1 - mostCut));
    }

    private static final class Cuts {
        private volatile double wider;

        Cuts(double wider) {
            this.wider = wider;
        }

        synchronized void record(boolean wasCut, double narrower) {
            wider = wasCut ? Math.min(WIDEST, wider * WIDER) : Math.max(1, wider * narrower);
        }
    }

    /** The cap for a group, in tokens; -1 while too little is known. */
    long cap(Group group, double factor) {
        Known known = lengths.find(group);
        if (known == null) {
            return -1;
        }
        Cuts ofGroup = cuts.get(group);
        double wider = ofGroup == null ? 1 : ofGroup.wider;
        return Math.max(1, Math.round(known.value(0) * factor * wider));
    }

    /**
     * An answer has ended by itself, or at a cap.
     *
     * @param tokens it put out
     * @param byOurCap whether it ended at a cap Tollgate had set
     * @param capLearned whether a learned cap was set for it
     */
    void record(Group group, long tokens, boolean byOurCap, boolean capLearned) {
        lengths.record(group, byOurCap ? tokens * CUT_COUNTS : tokens);
        count(group, byOurCap, capLearned);
    }

    /** A cap of ours cut an answer that was then asked for without it, and put out so many tokens. */
    void recordCut(Group group, long tokens, boolean capLearned) {
        lengths.record(group, tokens);
        count(group, true, capLearned);
    }

    private void count(Group group, boolean byOurCap, boolean capLearned) {
        if (byOurCap) {
            cut.increment();
        }
        if (capLearned) {
            Cuts ofGroup = cuts.get(group);
            if (ofGroup == null && cuts.size() < LearnedQuantiles.MOST_GROUPS) {
                ofGroup = cuts.computeIfAbsent(group, unknown -> new Cuts(1));
            }
            if (ofGroup != null) {
                ofGroup.record(byOurCap, narrower);
            }
        }
    }

    /** Answers that a cap of ours cut, since the start. */
    public long cutAnswers() {
        return cut.sum();
    }

    /** What there is to keep over a restart, beside {@link #widening}. */
    public LearnedQuantiles memory() {
        return lengths;
    }

    /** By how much each group's caps are wider than what was learned; groups whose caps are not are left out. */
    public Map<Group, Double> widening() {
        Map<Group, Double> wider = new HashMap<>();
        cuts.forEach((group, ofGroup) -> {
            if (ofGroup.wider > 1) {
                wider.put(group, ofGroup.wider);
            }
        });
        return wider;
    }

    /** What a group's caps were wider by before a restart. */
    public void widen(Group group, double wider) {
        if (wider > 1 && wider <= WIDEST && cuts.size() < LearnedQuantiles.MOST_GROUPS) {
            cuts.put(group, new Cuts(wider));
        }
    }
}
