package io.tollgate.budget.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.core.error.Refusal;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateWordsTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0s",
        "1, 1ms",
        "120000000, 120ms",
        "999000001, 1s",
        "1500000000, 1.5s",
        "8640000000, 8.64s",
        "60000000000, 1m0s",
        "360000000000, 6m0s",
        "3601000000000, 1h0m1s",
        "86400000000000, 24h0m0s"
    })
    void times_are_written_as_openai_writes_them(long nanos, String text) {
        assertThat(RateWords.duration(nanos)).isEqualTo(text);
    }

    @Test
    void the_time_to_wait_is_told_in_whole_seconds_rounded_up() {
        Refusal refusal = RateWords.refusal(new RateShortage(
                "r",
                Map.of(),
                LimitKind.REQUESTS,
                "60/min",
                60,
                1,
                1_000_000_001L,
                new Quota(60, 0, 60_000_000_000L),
                null));
        assertThat(refusal.headers())
                .containsExactly(
                        Map.entry("x-ratelimit-limit-requests", "60"),
                        Map.entry("x-ratelimit-remaining-requests", "0"),
                        Map.entry("x-ratelimit-reset-requests", "1m0s"),
                        Map.entry("Retry-After", "2"));
        assertThat(refusal.message())
                .isEqualTo("rate limit r allows 60/min requests, and 60 are used; try again in 1.001s");
    }

    @Test
    void a_call_that_can_never_pass_is_told_so_and_not_when_to_come_again() {
        Refusal refusal = RateWords.refusal(new RateShortage(
                "r", Map.of("user", "ann"), LimitKind.TOKENS, "100/min", 0, 300, -1, null, new Quota(100, 100, 0)));
        assertThat(refusal.headers()).contains(Map.entry("x-should-retry", "false"));
        assertThat(refusal.headers()).noneMatch(header -> header.getKey().equals("Retry-After"));
        assertThat(refusal.message()).contains("rate limit r {user=ann}", "100/min tokens", "about 300", "never pass");
    }
}
