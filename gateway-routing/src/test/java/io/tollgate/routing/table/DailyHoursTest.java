package io.tollgate.routing.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DailyHoursTest {
    @ParameterizedTest
    @CsvSource({
        "22:00, 06:00, 21:59:59, false",
        "22:00, 06:00, 22:00:00, true",
        "22:00, 06:00, 00:00:00, true",
        "22:00, 06:00, 05:59:59, true",
        "22:00, 06:00, 06:00:00, false",
        "09:00, 17:00, 08:59:59, false",
        "09:00, 17:00, 09:00:00, true",
        "09:00, 17:00, 17:00:00, false",
        "18:00, 00:00, 23:59:59, true",
        "18:00, 00:00, 00:00:00, false"
    })
    void hours_include_their_beginning_but_not_their_end_and_may_span_midnight(
            LocalTime from, LocalTime to, String time, boolean within) {
        Instant instant = Instant.parse("2026-03-01T" + time + "Z");
        assertThat(new DailyHours(from, to, ZoneId.of("UTC")).contains(instant)).isEqualTo(within);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-15T05:30:00Z, false", // 06:30 in winter
        "2026-01-15T04:30:00Z, true",
        "2026-07-15T04:30:00Z, false", // 06:30 in summer
        "2026-07-15T20:30:00Z, true"
    })
    void hours_are_those_of_the_zones_clock_in_summer_as_in_winter(Instant instant, boolean within) {
        DailyHours night = new DailyHours(LocalTime.of(22, 0), LocalTime.of(6, 0), ZoneId.of("Europe/Berlin"));
        assertThat(night.contains(instant)).isEqualTo(within);
    }
}
