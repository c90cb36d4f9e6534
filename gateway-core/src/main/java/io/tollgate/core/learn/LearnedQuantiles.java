package io.tollgate.core.learn;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Quantiles of one number per group of calls: by key, model and task, by key and model, and by model, whichever is the
 * finest that enough has been seen of. Any thread: reading never waits, recording holds a lock for under a microsecond.
 */
public final class LearnedQuantiles {
    /** Groups remembered; 1.3 KB each. Beyond them only coarser groups learn, until {@link #makeRoom} forgets some. */
    public static final int MOST_GROUPS = 4_000;

    private final double[] shares;
    private final int enough;
    private final ConcurrentHashMap<Group, Cell> cells = new ConcurrentHashMap<>();

    /**
     * Nothing learned yet.
     *
     * @param enough numbers a group must have seen before it is asked
     * @param shares the quantiles that are kept ready
     */
    public LearnedQuantiles(int enough, double... shares) {
        this.enough = enough;
        this.shares = shares.clone();
    }

    /** What is known of a group. */
    public static final class Known {
        private final long samples;
        private final long[] values;

        Known(long samples, long[] values) {
            this.samples = samples;
            this.values = values;
        }

        /** How many numbers it was learned from. */
        public long samples() {
            return samples;
        }

        /** The quantile at this index among those kept ready. */
        public long value(int index) {
            return values[index];
        }
    }

    private final class Cell {
        private final DecayingHistogram histogram;
        private volatile Known known;
        private volatile boolean used = true;

        Cell(DecayingHistogram histogram) {
            this.histogram = histogram;
            this.known = look();
        }

        synchronized void record(long value) {
            histogram.record(value);
            known = look();
            used = true;
        }

        private Known look() {
            long[] values = new long[shares.length];
            for (int i = 0; i < shares.length; i++) {
                values[i] = histogram.quantile(shares[i]);
            }
            return new Known(histogram.samples(), values);
        }

        synchronized Kept keep(Group group) {
            return new Kept(group, histogram.samples(), histogram.state());
        }
    }

    /** A group's memory. */
    record Kept(Group group, long samples, float[] weights) {}

    /** Another number of a group. */
    public void record(Group group, long value) {
        recordIn(group.modelAlone(), value);
        if (!group.key().isEmpty() || !group.task().isEmpty()) {
            recordIn(group, value);
        }
        if (!group.key().isEmpty() && !group.task().isEmpty()) {
            recordIn(group.withoutTask(), value);
        }
    }

    private void recordIn(Group group, long value) {
        Cell cell = cells.get(group);
        if (cell == null && cells.size() < MOST_GROUPS) {
            cell = cells.computeIfAbsent(group, unknown -> new Cell(new DecayingHistogram()));
        }
        if (cell != null) {
            cell.record(value);
        }
    }

    /** What the finest group that has seen enough knows, or null. */
    public @Nullable Known find(Group group) {
        Known known = known(group);
        if (known == null) {
            known = known(group.withoutTask());
        }
        return known != null ? known : known(group.modelAlone());
    }

    private @Nullable Known known(Group group) {
        Cell cell = cells.get(group);
        if (cell == null) {
            return null;
        }
        Known known = cell.known;
        return known.samples() >= enough ? known : null;
    }

    /** How many groups are remembered. */
    public int groups() {
        return cells.size();
    }

    /** Forgets groups that have seen nothing since the last time, where there is little room left. Called now and then. */
    public void makeRoom() {
        boolean full = cells.size() > MOST_GROUPS * 9 / 10;
        for (Map.Entry<Group, Cell> entry : cells.entrySet()) {
            Cell cell = entry.getValue();
            if (full && !cell.used) {
                cells.remove(entry.getKey(), cell);
            }
            cell.used = false;
        }
        if (cells.size() >= MOST_GROUPS) {
            forgetSmallest(MOST_GROUPS / 10);
        }
    }

    private void forgetSmallest(int count) {
        List<Map.Entry<Group, Cell>> entries = new ArrayList<>(cells.entrySet());
        entries.sort(Comparator.comparingLong(entry -> entry.getValue().known.samples()));
        entries.subList(0, Math.min(count, entries.size()))
                .forEach(entry -> cells.remove(entry.getKey(), entry.getValue()));
    }

    List<Kept> keep() {
        List<Kept> kept = new ArrayList<>();
        cells.forEach((group, cell) -> kept.add(cell.keep(group)));
        return kept;
    }

    void remember(Kept kept) {
        if (cells.size() < MOST_GROUPS) {
            cells.put(kept.group(), new Cell(DecayingHistogram.of(kept.weights(), kept.samples())));
        }
    }
}
