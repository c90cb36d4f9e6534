package io.tollgate.server.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "retry-after, 2, 2000",
        "retry-after, 0, 0",
        "retry-after, '  7 ', 7000",
        "retry-after, 'Sun, 22 Nov 2026 10:00:05 GMT', 5000",
        "retry-after, 'Sun, 22 Nov 2026 09:59:00 GMT', 0",
        "retry-after-ms, 150, 150"
    })
    void a_wait_is_a_number_or_a_date(String name, String value, long millis) {
        assertThat(RetryAfter.nanos(new DefaultHttpHeaders().add(name, value.strip()), NOW))
                .isEqualTo(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    @ParameterizedTest
    @CsvSource({"retry-after, soon", "retry-after, -1", "retry-after, 1.5", "retry-after, 99999999999", "other, 2"})
    void what_cannot_be_read_says_nothing(String name, String value) {
        assertThat(RetryAfter.nanos(new DefaultHttpHeaders().add(name, value), NOW))
                .isEqualTo(-1);
    }
}
