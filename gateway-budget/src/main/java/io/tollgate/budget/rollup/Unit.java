package io.tollgate.budget.rollup;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** The lengths of time that are rolled up, shortest first. */
public enum Unit {
    /** Minutes; kept for three days. */
    MINUTE(0, 60_000, 3),
    /** Hours of UTC; kept for sixty days. */
    HOUR(1, 3_600_000, 60),
    /** Days of the configured time zone; kept for good. */
    DAY(2, 86_400_000, -1);

    private final int number;
    private final long millis;
    private final int keptDays;

    Unit(int number, long millis, int keptDays) {
        this.number = number;
        this.millis = millis;
        this.keptDays = keptDays;
    }

    /** What it is in the file. */
    int number() {
        return number;
    }

    /** The unit with this number. */
    static Unit of(int number) {
        for (Unit unit : values()) {
            if (unit.number == number) {
                return unit;
            }
        }
        throw new IndexOutOfBoundsException("no unit of time has the number " + number);
    }

    /** The next shorter unit; none for minutes. */
    @Nullable
    Unit shorter() {
        return switch (this) {
            case MINUTE -> null;
            case HOUR -> MINUTE;
            case DAY -> HOUR;
        };
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
        return this == DAY ? Long.MIN_VALUE : (this == MINUTE ? HOUR : DAY).floor(now - keptDays * DAY.millis, zone);
    }
}
