package io.tollgate.routing.table;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;

/**
 * A part of every day, as a clock on the wall of {@code zone} shows it. Where it ends before it begins it spans midnight.
 *
 * @param from included
 * @param to not included
 */
public record DailyHours(LocalTime from, LocalTime to, ZoneId zone) {
    /** Whether {@code instant} lies within. */
    public boolean contains(Instant instant) {
        LocalTime time = LocalTime.ofInstant(instant, zone);
        boolean begun = !time.isBefore(from);
        boolean over = !time.isBefore(to);
        return from.isBefore(to) ? begun && !over : begun || !over;
    }
}
