package io.tollgate.budget.report;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A span of wall time, epoch milliseconds.
 *
 * @param from inclusive
 * @param to exclusive
 */
public record Period(long from, long to) {
    /** All there is. */
    public static final Period EVER = new Period(0, Long.MAX_VALUE);

    private static final Pattern AGO = Pattern.compile("(\\d{1,6})(m|h|d|w)");

    /**
     * Reads the ends of a period as people type them: {@code 2026-11-01}, {@code 2026-11-22T10:00} (in {@code zone}),
     * {@code 2026-11-22T10:00:00Z}, {@code 7d} (that long ago; also m, h, w), {@code today}, {@code yesterday},
     * {@code week}, {@code month} (their first moment). A date as the end includes that day. A missing end is open.
     *
     * @throws IllegalArgumentException naming the value and what was expected
     */
    public static Period parse(@Nullable String from, @Nullable String to, ZoneId zone, InstantSource clock) {
        Instant now = clock.instant();
        long start = from == null ? EVER.from : moment(from, false, zone, now);
        long end = to == null ? EVER.to : moment(to, true, zone, now);
        if (start >= end) {
            throw new IllegalArgumentException("the period is empty: from " + from + " is not before to " + to);
        }
        return new Period(start, end);
    }

    /** The last whole week, from Monday. */
    public static Period lastWeek(ZoneId zone, InstantSource clock) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), zone);
        LocalDate end = today.minusDays(today.getDayOfWeek().getValue() - 1L);
        return new Period(day(end.minusDays(7), false, zone), day(end, false, zone));
    }

    /** The last whole calendar month. */
    public static Period lastMonth(ZoneId zone, InstantSource clock) {
        LocalDate end = LocalDate.ofInstant(clock.instant(), zone).withDayOfMonth(1);
        return new Period(day(end.minusMonths(1), false, zone), day(end, false, zone));
    }

    /** The period just before, of as many days where it begins and ends with days, else of as many milliseconds. */
    public Period before(ZoneId zone) {
        LocalDate first = LocalDate.ofInstant(Instant.ofEpochMilli(from), zone);
        LocalDate last = LocalDate.ofInstant(Instant.ofEpochMilli(to), zone);
        boolean days = day(first, false, zone) == from && day(last, false, zone) == to;
        long start =
                days ? day(first.minusDays(ChronoUnit.DAYS.between(first, last)), false, zone) : from - (to - from);
        return new Period(Math.max(0, start), from);
    }

    private static long moment(String text, boolean asEnd, ZoneId zone, Instant now) {
        LocalDate today = LocalDate.ofInstant(now, zone);
        return switch (text) {
            case "now" -> now.toEpochMilli();
            case "today" -> day(today, asEnd, zone);
            case "yesterday" -> day(today.minusDays(1), asEnd, zone);
            case "week" -> day(today.minusDays(today.getDayOfWeek().getValue() - 1L), false, zone);
            case "month" -> day(today.withDayOfMonth(1), false, zone);
            default -> written(text, asEnd, zone, now);
        };
    }

    private static long written(String text, boolean asEnd, ZoneId zone, Instant now) {
        Matcher ago = AGO.matcher(text);
        try {
            if (ago.matches()) {
                return now.minusSeconds(Long.parseLong(ago.group(1)) * seconds(ago.group(2)))
                        .toEpochMilli();
            }
            if (text.indexOf('T') < 0) {
                return day(LocalDate.parse(text), asEnd, zone);
            }
            int time = text.indexOf('T');
            boolean offset = text.endsWith("Z") || text.indexOf('+', time) > 0 || text.indexOf('-', time) > 0;
            return offset
                    ? OffsetDateTime.parse(text).toInstant().toEpochMilli()
                    : LocalDateTime.parse(text).atZone(zone).toInstant().toEpochMilli();
        } catch (DateTimeException | ArithmeticException e) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no moment: expected 2026-11-01, 2026-11-22T10:00, 2026-11-22T10:00:00Z, 7d,"
                            + " 24h, today, yesterday, week or month",
                    e);
        }
    }

    private static long day(LocalDate date, boolean asEnd, ZoneId zone) {
        return (asEnd ? date.plus(1, ChronoUnit.DAYS) : date)
                .atStartOfDay(zone)
                .toInstant()
                .toEpochMilli();
    }

    private static long seconds(String unit) {
        return switch (unit) {
            case "m" -> 60;
            case "h" -> 3_600;
            case "d" -> 86_400;
            default -> 7 * 86_400;
        };
    }
}
