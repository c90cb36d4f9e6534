package io.tollgate.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimeRangeTest {
    @Test
    void a_range_is_two_times_of_day_and_may_end_at_midnight() {
        assertThat(TimeRange.TYPE.parser().parse("22:00-06:30"))
                .isEqualTo(new TimeRange(LocalTime.of(22, 0), LocalTime.of(6, 30)));
        assertThat(TimeRange.TYPE.parser().parse("18:00 - 24:00"))
                .isEqualTo(new TimeRange(LocalTime.of(18, 0), LocalTime.MIDNIGHT));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"22-6", "22:00", "22:00-22:00", "00:00-24:00", "25:00-06:00", "22:60-06:00", "24:00-06:00", ""})
    void anything_else_is_no_range(String text) {
        assertThat(TimeRange.TYPE.parser().parse(text)).isNull();
    }
}
