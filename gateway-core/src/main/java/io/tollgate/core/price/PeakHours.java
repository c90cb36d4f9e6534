package io.tollgate.core.price;

import java.time.DayOfWeek;
import java.time.Instant;
import java.util.Set;

/**
 * Hours of the day at which tokens cost more (or less).
 *
 * @param fromMinute first minute of the UTC day
 * @param toMinute the minute behind the last one, at most 1440; a window past midnight is two
 * @param days UTC days it holds on
 * @param factor what the token prices are multiplied by
 */
public record PeakHours(int fromMinute, int toMinute, Set<DayOfWeek> days, Factor factor) {
    private static final int DAY = 24 * 60;

    /** Checks the window. */
    public PeakHours {
        if (fromMinute < 0 || toMinute > DAY || fromMinute >= toMinute || days.isEmpty()) {
            throw new IllegalArgumentException("hours must lie in one day, the earlier first, on at least one day: "
                    + fromMinute + " to " + toMinute + " min on " + days);
        }
        days = Set.copyOf(days);
    }

    /** Whether {@code at} falls into the window. */
    public boolean hold(Instant at) {
        long minute = Math.floorDiv(at.getEpochSecond(), 60L);
        int ofDay = (int) Math.floorMod(minute, (long) DAY);
        // 1970-01-01 was a Thursday.
        return ofDay >= fromMinute
                && ofDay < toMinute
                && days.contains(DayOfWeek.THURSDAY.plus(Math.floorDiv(minute, (long) DAY)));
    }
}
