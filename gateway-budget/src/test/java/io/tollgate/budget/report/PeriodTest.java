package io.tollgate.budget.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PeriodTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Instant NOW = Instant.parse("2026-11-18T22:30:00Z"); // a Wednesday, 23:30 in Berlin

    @ParameterizedTest
    @CsvSource({
        "2026-11-01, 2026-10-31T23:00:00Z, 2026-11-01T23:00:00Z",
        "2026-10-25, 2026-10-24T22:00:00Z, 2026-10-25T23:00:00Z",
        "2026-11-22T10:00, 2026-11-22T09:00:00Z, 2026-11-22T09:00:00Z",
        "2026-11-22T10:00:00Z, 2026-11-22T10:00:00Z, 2026-11-22T10:00:00Z",
        "2026-11-22T10:00:00-05:00, 2026-11-22T15:00:00Z, 2026-11-22T15:00:00Z",
        "7d, 2026-11-11T22:30:00Z, 2026-11-11T22:30:00Z",
        "90m, 2026-11-18T21:00:00Z, 2026-11-18T21:00:00Z",
        "today, 2026-11-17T23:00:00Z, 2026-11-18T23:00:00Z",
        "yesterday, 2026-11-16T23:00:00Z, 2026-11-17T23:00:00Z",
        "week, 2026-11-15T23:00:00Z, 2026-11-15T23:00:00Z",
        "month, 2026-10-31T23:00:00Z, 2026-10-31T23:00:00Z",
        "now, 2026-11-18T22:30:00Z, 2026-11-18T22:30:00Z"
    })
    void a_moment_means_what_people_mean_by_it(String text, Instant asStart, Instant asEnd) {
        assertThat(Period.parse(text, null, BERLIN, () -> NOW))
                .isEqualTo(new Period(asStart.toEpochMilli(), Long.MAX_VALUE));
        assertThat(Period.parse(null, text, BERLIN, () -> NOW)).isEqualTo(new Period(0, asEnd.toEpochMilli()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "2026-13-01", "2026-02-30", "2026-11-01T25:00", "7y", "-1d", "99999999d", "T"})
    void anything_else_is_refused_with_what_was_expected(String text) {
        assertThatThrownBy(() -> Period.parse(text, null, BERLIN, () -> NOW))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + text + "' is no moment: expected 2026-11-01");
    }

    @Test
    void a_period_that_ends_before_it_begins_is_refused() {
        assertThatThrownBy(() -> Period.parse("2026-11-02", "2026-11-01", BERLIN, () -> NOW))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("from 2026-11-02 is not before to 2026-11-01");
        assertThat(Period.parse("2026-11-01", "2026-11-01", BERLIN, () -> NOW)).isNotNull();
    }
}
