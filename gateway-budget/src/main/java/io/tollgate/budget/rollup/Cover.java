package io.tollgate.budget.rollup;

import java.util.ArrayList;
import java.util.List;

/**
 * How a period is put together: of days where whole ones lie in it, of hours and minutes at its edges, and of rows where
 * no unit is kept or none fits. The rows behind the snapshot's watermark come on top.
 */
public final class Cover {
    /** Part of a period, in one kind of unit. */
    public record Part(Unit unit, long from, long to) {}

    /** Part of a period of which the rows have to be read. */
    public record Gap(long from, long to) {}

    /** Whether a span of time lies in one bucket of the question. */
    @FunctionalInterface
    public interface OneBucket {
        /** From the first moment to before {@code to}. */
        boolean holds(long from, long to);
    }

    private final RollUpSnapshot rolled;
    private final boolean users;
    private final OneBucket oneBucket;
    private final List<Part> parts = new ArrayList<>();
    private final List<Gap> gaps = new ArrayList<>();

    private Cover(RollUpSnapshot rolled, boolean users, OneBucket oneBucket) {
        this.rolled = rolled;
        this.users = users;
        this.oneBucket = oneBucket;
    }

    /** Of {@code [from, to)}, by units that lie in one bucket each. */
    public static Cover of(RollUpSnapshot rolled, boolean users, long from, long to, OneBucket oneBucket) {
        Cover cover = new Cover(rolled, users, oneBucket);
        // Before the first row and after the last there is nothing to leave out.
        long firstDay = Unit.DAY.floor(rolled.firstAt(), rolled.zone());
        long lastDay = Unit.DAY.end(Unit.DAY.floor(rolled.lastAt(), rolled.zone()), rolled.zone());
        long begin = from <= rolled.firstAt() ? firstDay : from;
        long end = to > rolled.lastAt() ? lastDay : to;
        if (begin < end) {
            cover.cover(Unit.DAY, begin, end);
        }
        return cover;
    }

    private void cover(Unit unit, long from, long to) {
        Unit shorter = unit.shorter();
        long start = unit.floor(from, rolled.zone());
        while (start < to) {
            long end = unit.end(start, rolled.zone());
            if (start >= from && end <= to && rolled.has(unit, users, start) && oneBucket.holds(start, end)) {
                add(unit, start, end);
            } else if (shorter == null || !rolled.isKept(shorter, end - 1)) {
                // What is kept is whole in the next longer unit: none is kept here, or all is.
                gap(Math.max(start, from), Math.min(end, to));
            } else {
                cover(shorter, Math.max(start, from), Math.min(end, to));
            }
            start = end;
        }
    }

    private void add(Unit unit, long from, long to) {
        Part last = parts.isEmpty() ? null : parts.getLast();
        if (last != null && last.unit() == unit && last.to() == from) {
            parts.set(parts.size() - 1, new Part(unit, last.from(), to));
        } else {
            parts.add(new Part(unit, from, to));
        }
    }

    private void gap(long from, long to) {
        Gap last = gaps.isEmpty() ? null : gaps.getLast();
        if (last != null && last.to() == from) {
            gaps.set(gaps.size() - 1, new Gap(last.from(), to));
        } else {
            gaps.add(new Gap(from, to));
        }
    }

    /** Of units; none overlaps another. */
    public List<Part> parts() {
        return parts;
    }

    /** Of rows. */
    public List<Gap> gaps() {
        return gaps;
    }
}
