package io.tollgate.budget.ledger;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;

/** After which time spending starts at zero again: calendar periods of a time zone. */
public enum Period {
    /** Clock hours. */
    HOUR,
    /** Days. */
    DAY,
    /** Weeks, from Monday. */
    WEEK,
    /** Calendar months. */
    MONTH,
    /** For ever. */
    TOTAL;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    /** The name in the configuration and the admin API. */
    public String wireName() {
        return wireName;
    }

    /** The period of this kind that a moment lies in. */
    public Span spanAt(long epochMillis, ZoneId zone) {
        if (this == TOTAL) {
            return Span.FOR_EVER;
        }
        ZonedDateTime now = Instant.ofEpochMilli(epochMillis).atZone(zone);
        LocalDate today = now.toLocalDate();
        return switch (this) {
            case HOUR -> hour(now);
            case DAY -> days(today, today.plusDays(1), zone);
            case WEEK -> {
                LocalDate monday = today.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
                yield days(monday, monday.plusWeeks(1), zone);
            }
            case MONTH -> days(today.withDayOfMonth(1), today.withDayOfMonth(1).plusMonths(1), zone);
            case TOTAL -> Span.FOR_EVER;
        };
    }

    private static Span hour(ZonedDateTime now) {
        Instant from = now.truncatedTo(ChronoUnit.HOURS).toInstant();
        Instant to = from.plus(1, ChronoUnit.HOURS);
        // A zone that changes its offset within the hour makes "the hour" begin twice; the moment still lies in it.
        while (!now.toInstant().isBefore(to)) {
            from = to;
            to = to.plus(1, ChronoUnit.HOURS);
        }
        return new Span(from.toEpochMilli(), to.toEpochMilli());
    }

    private static Span days(LocalDate from, LocalDate to, ZoneId zone) {
        return new Span(
                from.atStartOfDay(zone).toInstant().toEpochMilli(),
                to.atStartOfDay(zone).toInstant().toEpochMilli());
    }

    /**
     * From when to when, in epoch milliseconds.
     *
     * @param from the first millisecond
     * @param to one past the last
     */
    public record Span(long from, long to) {
        /** All time. */
        public static final Span FOR_EVER = new Span(Long.MIN_VALUE, Long.MAX_VALUE);

        /** Whether it ever ends. */
        public boolean ends() {
            return to != Long.MAX_VALUE;
        }
    }
}
