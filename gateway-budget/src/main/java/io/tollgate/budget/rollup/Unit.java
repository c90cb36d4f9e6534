package io.tollgate.budget.rollup;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/** The lengths of time that are rolled up, shortest first. */
public enum Unit {
    /** Minutes; kept for three days. */
    MINUTE(60_000, 3),
    /** Hours of UTC; kept for sixty days. */
    HOUR(3_600_000, 60),
    /** Days of the configured time zone; kept for good. */
    DAY(86_400_000, -1);

    private final long millis;
    private final int keptDays;

    Unit(long millis, int keptDays) {
        this.millis = millis;
        this.keptDays = keptDays;
    }

    /** The beginning of the unit that a moment lies in. */
    long floor(long at, ZoneId zone) {
        return this == DAY
                ? startOf(LocalDate.ofInstant(Instant.ofEpochMilli(at), zone), at, zone)
                : Math.floorDiv(at, millis) * millis;
    }

    /** A day whose midnight comes twice begins with the first; the hour in between is no day of its own. */
    private static long startOf(LocalDate day, long at, ZoneId zone) {
        long next = day.plusDays(1).atStartOfDay(zone).toInstant().toEpochMilli();
        return at >= next ? next : day.atStartOfDay(zone).toInstant().toEpochMilli();
    }

    /** One past the last moment of the unit that begins there. */
    long end(long start, ZoneId zone) {
        return this == DAY
                ? LocalDate.ofInstant(Instant.ofEpochMilli(start), zone)
                        .plusDays(1)
                        .atStartOfDay(zone)
                        .toInstant()
                        .toEpochMilli()
                : start + millis;
    }

    /** From when on units are kept; a beginning of the next longer unit, so that those are whole. */
    long keptFrom(long now, ZoneId zone) {
        return this == DAY ? Long.MIN_VALUE : values()[ordinal() + 1].floor(now - keptDays * DAY.millis, zone);
    }
}
