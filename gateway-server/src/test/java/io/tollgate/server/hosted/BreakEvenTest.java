package io.tollgate.server.hosted;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class BreakEvenTest {
    private static final long DAY = Duration.ofDays(1).toMillis();
    private static final long USD = 1_000_000_000;

    private static BreakEven day(long tokens, long tokenNanos, long elsewhereNanos) {
        return new BreakEven(
                "local", "m", DAY, 10, tokens, BreakEven.machineNanos(2 * USD, DAY), tokenNanos, elsewhereNanos);
    }

    @Test
    void machines_cost_their_hours_and_pay_from_the_tokens_whose_price_elsewhere_is_as_much() {
        BreakEven half = day(24_000_000, 0, 24 * USD);
        assertThat(half.machineNanos()).isEqualTo(48 * USD);
        assertThat(half.gainNanos()).isEqualTo(-24 * USD);
        assertThat(half.tokensPerHour()).isEqualTo(1_000_000);
        assertThat(half.breakEvenTokensPerHour()).isEqualTo(2_000_000);
        assertThat(half.nanosPerMillion()).isEqualTo(2 * USD);
        BreakEven exactly = day(48_000_000, 0, 48 * USD);
        assertThat(exactly.gainNanos()).isZero();
        assertThat(exactly.tokensPerHour()).isEqualTo(exactly.breakEvenTokensPerHour());
    }

    @Test
    void a_price_by_token_moves_the_point_and_one_as_dear_as_elsewhere_removes_it() {
        assertThat(day(24_000_000, 12 * USD, 24 * USD).breakEvenTokensPerHour()).isEqualTo(4_000_000);
        assertThat(day(24_000_000, 24 * USD, 24 * USD).breakEvenTokensPerHour()).isEqualTo(-1);
    }

    @Test
    void what_is_not_known_is_said_so() {
        BreakEven idle = day(0, 0, 0);
        assertThat(idle.nanosPerMillion()).isEqualTo(-1);
        assertThat(HostedText.text(List.of(idle))).contains("It answered nothing");
        BreakEven unpriced = day(5, 0, -1);
        assertThat(HostedText.text(List.of(unpriced))).contains("the price of m is unknown");
        assertThat(HostedText.json(List.of(unpriced)))
                .contains("\"elsewhere_nanos\":null", "\"gain_nanos\":null", "\"break_even_tokens_per_hour\":null");
        assertThat(HostedText.text(List.of())).contains("hourly");
    }
}
