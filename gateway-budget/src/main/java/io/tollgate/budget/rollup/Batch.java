package io.tollgate.budget.rollup;

import io.tollgate.budget.rollup.CellKey.BucketKey;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;

/** Some rows' sums in memory, by minute first and then by all units, with and without users. */
final class Batch implements RowScan.Sink {
    private record MinuteKey(long start, Combination combination) {}

    private final Map<MinuteKey, Tally> minutes = new HashMap<>();
    private long firstAt = Long.MAX_VALUE;
    private long lastAt = Long.MIN_VALUE;

    @Override
    public void row(long atMillis, Combination combination, Tally tally) {
        firstAt = Math.min(firstAt, atMillis);
        lastAt = Math.max(lastAt, atMillis);
        // Day's zones shift by whole minutes, so that a minute never lies in two of any unit.
        MinuteKey key = new MinuteKey(Unit.MINUTE.floor(atMillis, ZoneOffset.UTC), combination);
        minutes.computeIfAbsent(key, any -> new Tally()).add(tally);
    }

    long firstAt() {
        return firstAt;
    }

    long lastAt() {
        return lastAt;
    }

    /** The cells, of units that are kept. */
    Map<CellKey, Tally> cells(ZoneId zone, Map<Unit, Long> keptFrom) {
        Map<CellKey, Tally> cells = new HashMap<>();
        minutes.forEach((minute, tally) -> {
            Combination all = minute.combination().withoutUser();
            for (Unit unit : Unit.values()) {
                long start = unit.floor(minute.start(), zone);
                if (start >= keptFrom.getOrDefault(unit, Long.MIN_VALUE)) {
                    cells.computeIfAbsent(new CellKey(new BucketKey(unit, false, start), all), any -> new Tally())
                            .add(tally);
                    cells.computeIfAbsent(
                                    new CellKey(new BucketKey(unit, true, start), minute.combination()),
                                    any -> new Tally())
                            .add(tally);
                }
            }
        });
        return cells;
    }
}
