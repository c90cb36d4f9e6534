package io.tollgate.budget.ladder;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The rungs of one budget, lowest first. Immutable. */
public final class Ladder {
    /** No rungs: the budget only counts. */
    public static final Ladder NONE = new Ladder(List.of());
    /** As many as bits are kept of which were reached. */
    public static final int MOST_RUNGS = 31;

    private final List<Rung> rungs;

    /** Of these rungs; a rung that repeats another's {@link Rung#id()} is left out. */
    public Ladder(List<Rung> given) {
        Map<String, Rung> byId = new LinkedHashMap<>();
        for (Rung rung : given) {
            byId.putIfAbsent(rung.id(), rung);
        }
        if (byId.size() > MOST_RUNGS) {
            throw new IllegalArgumentException("a budget has at most " + MOST_RUNGS + " steps, got " + byId.size());
        }
        rungs = byId.values().stream().sorted(Comparator.comparing(Rung::at)).toList();
    }

    /** Lowest first. */
    public List<Rung> rungs() {
        return rungs;
    }

    /** Where the rungs stand for a limit; -1 where there is no limit of the kind. */
    public Marks marks(long limitNanos, long limitTokens) {
        int count = rungs.size();
        long[] nanos = new long[count];
        long[] tokens = new long[count];
        long blockNanos = Marks.NEVER;
        long blockTokens = Marks.NEVER;
        for (int i = 0; i < count; i++) {
            Rung rung = rungs.get(i);
            nanos[i] = share(limitNanos, rung.at(), RoundingMode.CEILING);
            tokens[i] = share(limitTokens, rung.at(), RoundingMode.CEILING);
            if (rung.action() == Action.BLOCK) {
                blockNanos = Math.min(blockNanos, share(limitNanos, rung.at(), RoundingMode.FLOOR));
                blockTokens = Math.min(blockTokens, share(limitTokens, rung.at(), RoundingMode.FLOOR));
            }
        }
        return new Marks(this, limitNanos, limitTokens, blockNanos, blockTokens, nanos, tokens);
    }

    private static long share(long limit, BigDecimal at, RoundingMode rounding) {
        if (limit < 0) {
            return Marks.NEVER;
        }
        BigDecimal mark = BigDecimal.valueOf(limit).multiply(at).setScale(0, rounding);
        return mark.min(BigDecimal.valueOf(Marks.NEVER)).longValueExact();
    }
}
