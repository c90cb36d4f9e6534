package io.tollgate.budget.report;

import io.tollgate.budget.rollup.Combination;
import io.tollgate.budget.rollup.Cover;
import io.tollgate.budget.rollup.RollUpSnapshot;
import io.tollgate.budget.rollup.RowScan;
import io.tollgate.budget.rollup.Tally;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sums one query up from roll-ups, from the rows at the period's edges where no unit fits, and from those that were
 * written since. To the last digit what {@link UsageSums} gives.
 */
final class RolledSums {
    /** Stretches of rows worth reading one by one. */
    private static final int MOST_GAPS = 16;

    private static final int USER = Combination.DIMENSIONS.indexOf("user");

    private final RollUpSnapshot rolled;
    private final Connection ledger;
    private final UsageQuery query;
    private final int[] by;
    private final Map<Integer, String> where;
    private final Map<SummaryKey, Tally> groups = new HashMap<>();
    private final Map<Long, Tally> ofBucket = new HashMap<>();
    private long bucket;

    private RolledSums(
            RollUpSnapshot rolled, Connection ledger, UsageQuery query, int[] by, Map<Integer, String> where) {
        this.rolled = rolled;
        this.ledger = ledger;
        this.query = query;
        this.by = by;
        this.where = where;
    }

    /** The answer, or null where the question is about what is not rolled up, or not of this ledger. */
    static @Nullable UsageTable table(RollUpSnapshot rolled, Connection ledger, UsageQuery query) throws SQLException {
        int[] by = new int[query.by().size()];
        for (int i = 0; i < by.length; i++) {
            by[i] = place(query.by().get(i));
            if (by[i] < 0) {
                return null;
            }
        }
        Map<Integer, String> where = new HashMap<>();
        for (Map.Entry<Dimension, String> each : query.where().entrySet()) {
            where.put(place(each.getKey()), each.getValue());
        }
        if (where.containsKey(-1) || !rolled.isOf(ledger)) {
            return null;
        }
        return new RolledSums(rolled, ledger, query, by, where).table();
    }

    /** Where a combination has the dimension's value; -1 where it has none. Tags of one's own may have any name. */
    private static int place(Dimension dimension) {
        String name = dimension.tag() != null ? dimension.tag() : dimension.name();
        boolean isTag = dimension.tag() != null;
        boolean isColumn = List.of("key", "provider", "model", "route").contains(name);
        return isTag == isColumn ? -1 : Combination.DIMENSIONS.indexOf(name);
    }

    private @Nullable UsageTable table() throws SQLException {
        Bucket unit = query.bucket();
        boolean users = where.containsKey(USER);
        for (int place : by) {
            users |= place == USER;
        }
        long from = query.period().from();
        long to = query.period().to();
        Cover cover =
                Cover.of(rolled, users, from, to, (start, end) -> unit == null || unit.isOne(start, end, query.zone()));
        if (cover.gaps().size() > MOST_GAPS) {
            return null;
        }
        for (Cover.Part part : cover.parts()) {
            rolled.cells(part.unit(), users, part.from(), part.to(), this::cell);
        }
        try (RowScan scan = new RowScan(ledger)) {
            for (Cover.Gap gap : cover.gaps()) {
                long first = Condition.firstKey(gap.from()) - 1;
                long last = Math.min(rolled.watermark(), Condition.lastKey(ledger, gap.to()));
                scan.rows(first, last, gap.from(), gap.to(), Integer.MAX_VALUE, this::row);
            }
            scan.rows(rolled.watermark(), Long.MAX_VALUE, from, to, Integer.MAX_VALUE, this::row);
        }
        return SummaryTable.of(query, groups);
    }

    private void cell(long start, long number, byte[] bytes) throws SQLException {
        long startsIn = bucketAt(start);
        if (startsIn != bucket) {
            ofBucket.clear();
            bucket = startsIn;
        }
        Tally group = ofBucket.get(number);
        if (group == null) {
            Combination combination = rolled.combination(number);
            if (!matches(combination)) {
                return;
            }
            group = group(startsIn, combination);
            ofBucket.put(number, group);
        }
        RollUpSnapshot.add(group, bytes);
    }

    private void row(long atMillis, Combination combination, Tally tally) {
        if (matches(combination)) {
            group(bucketAt(atMillis), combination).add(tally);
        }
    }

    private long bucketAt(long millis) {
        Bucket unit = query.bucket();
        return unit == null ? 0 : unit.at(millis, query.zone());
    }

    private boolean matches(Combination combination) {
        for (Map.Entry<Integer, String> wanted : where.entrySet()) {
            if (!wanted.getValue().equals(combination.value(wanted.getKey()))) {
                return false;
            }
        }
        return true;
    }

    private Tally group(long inBucket, Combination combination) {
        List<@Nullable String> values = new ArrayList<>(by.length);
        for (int place : by) {
            values.add(combination.value(place));
        }
        SummaryKey key = new SummaryKey(inBucket, Collections.unmodifiableList(values));
        Tally known = groups.get(key);
        if (known != null) {
            return known;
        }
        if (groups.size() == UsageSums.MAX_GROUPS) {
            throw UsageSums.tooManyGroups();
        }
        Tally made = new Tally();
        groups.put(key, made);
        return made;
    }
}
