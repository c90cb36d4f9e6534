package io.tollgate.budget.report;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.List;
import java.util.Locale;

/** Calendar units that usage is cut into, in a time zone. */
public enum Bucket {
    /** An hour between two changes of the clock's hour; the one that comes twice in autumn counts as two. */
    HOUR,
    /** A calendar day; 23 or 25 hours long when the clocks change. */
    DAY,
    /** A week from Monday. */
    WEEK,
    /** A calendar month. */
    MONTH;

    private static final long HOUR_MILLIS = 3_600_000;
    private static final long DAY_MILLIS = 24 * HOUR_MILLIS;
    private static final DateTimeFormatter HOUR_LABEL = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mmxxx");

    /**
     * The bucket of this name.
     *
     * @throws IllegalArgumentException naming what is known
     */
    public static Bucket of(String name) {
        for (Bucket bucket : values()) {
            if (bucket.name().toLowerCase(Locale.ROOT).equals(name)) {
                return bucket;
            }
        }
        throw new IllegalArgumentException("'" + name + "' is no bucket: expected hour, day, week or month");
    }

    /**
     * An integer that is the same for all rows of a bucket and grows with time, for rows with {@code at} in {@code
     * [from, to)}. SQLite knows no time zones, so the zone's offsets in that range become part of the expression.
     */
    String sql(ZoneId zone, long from, long to, List<Object> bound) {
        String offset = offset(zone.getRules(), from, to, bound);
        return switch (this) {
            case HOUR -> {
                // Back to the instant: local time alone would merge the two hours of the same name.
                String again = offset(zone.getRules(), from, to, bound);
                yield "((r.at + " + offset + ") / " + HOUR_MILLIS + " * " + HOUR_MILLIS + " - " + again + ")";
            }
            case DAY -> "((r.at + " + offset + ") / " + DAY_MILLIS + ")";
            // Day 0 of the epoch was a Thursday.
            case WEEK -> "(((r.at + " + offset + ") / " + DAY_MILLIS + " + 3) / 7)";
            case MONTH -> {
                String again = offset(zone.getRules(), from, to, bound);
                yield "(CAST(strftime('%Y', (r.at + " + offset + ") / 1000, 'unixepoch') AS INTEGER) * 12"
                        + " + CAST(strftime('%m', (r.at + " + again + ") / 1000, 'unixepoch') AS INTEGER) - 1)";
            }
        };
    }

    private static String offset(ZoneRules rules, long from, long to, List<Object> bound) {
        StringBuilder sql = new StringBuilder("CASE");
        Instant at = Instant.ofEpochMilli(from);
        for (ZoneOffsetTransition change = rules.nextTransition(at);
                change != null && change.getInstant().toEpochMilli() < to;
                change = rules.nextTransition(change.getInstant())) {
            sql.append(" WHEN r.at < ? THEN ?");
            bound.add(change.getInstant().toEpochMilli());
            bound.add(change.getOffsetBefore().getTotalSeconds() * 1000L);
            at = change.getInstant();
        }
        long last = rules.getOffset(at).getTotalSeconds() * 1000L;
        if (sql.length() == 4) {
            bound.add(last);
            return "?";
        }
        bound.add(last);
        return sql.insert(0, '(').append(" ELSE ? END)").toString();
    }

    /** The same integer as {@link #sql} makes. */
    long at(long millis, ZoneId zone) {
        long offset = zone.getRules().getOffset(Instant.ofEpochMilli(millis)).getTotalSeconds() * 1000L;
        long local = millis + offset;
        return switch (this) {
            case HOUR -> Math.floorDiv(local, HOUR_MILLIS) * HOUR_MILLIS - offset;
            case DAY -> Math.floorDiv(local, DAY_MILLIS);
            case WEEK -> Math.floorDiv(Math.floorDiv(local, DAY_MILLIS) + 3, 7);
            case MONTH -> {
                LocalDate day = LocalDate.ofEpochDay(Math.floorDiv(local, DAY_MILLIS));
                yield day.getYear() * 12L + day.getMonthValue() - 1;
            }
        };
    }

    /** Whether all moments from {@code from} to before {@code to} lie in one bucket, also where clocks are set back. */
    boolean isOne(long from, long to, ZoneId zone) {
        long bucket = at(from, zone);
        if (at(to - 1, zone) != bucket) {
            return false;
        }
        ZoneOffsetTransition change = zone.getRules().nextTransition(Instant.ofEpochMilli(from));
        while (change != null && change.getInstant().toEpochMilli() < to) {
            long moment = change.getInstant().toEpochMilli();
            if (at(moment, zone) != bucket || at(moment - 1, zone) != bucket) {
                return false;
            }
            change = zone.getRules().nextTransition(change.getInstant());
        }
        return true;
    }

    /** The name of the bucket with this integer, by its first moment: {@code 2026-11-22}, {@code 2026-11}. */
    String label(long value, ZoneId zone) {
        return switch (this) {
            case HOUR -> Instant.ofEpochMilli(value).atZone(zone).format(HOUR_LABEL);
            case DAY -> LocalDate.ofEpochDay(value).toString();
            case WEEK -> LocalDate.ofEpochDay(value * 7 - 3).toString();
            case MONTH ->
                LocalDate.of((int) (value / 12), (int) (value % 12) + 1, 1)
                        .atStartOfDay(ZoneOffset.UTC)
                        .format(DateTimeFormatter.ofPattern("uuuu-MM", Locale.ROOT));
        };
    }
}
