package io.tollgate.core.learn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DecayingHistogramTest {
    @Test
    void an_empty_one_knows_nothing() {
        assertThat(new DecayingHistogram().quantile(0.95)).isZero();
        assertThat(new DecayingHistogram().samples()).isZero();
    }

    @Test
    void quantiles_are_within_eight_percent_above_the_exact_ones() {
        for (int round = 0; round < 50; round++) {
            long seed = 7_000L + round;
            Random random = new Random(seed);
            DecayingHistogram histogram = new DecayingHistogram();
            long[] values = new long[60];
            for (int i = 0; i < values.length; i++) {
                values[i] = (long) Math.exp(random.nextGaussian() * 1.5 + 6);
                histogram.record(values[i]);
            }
            Arrays.sort(values);
            long exact = values[(int) Math.ceil(0.5 * values.length) - 1];
            long above = values[(int) Math.ceil(0.5 * values.length) + 1];
            long below = values[(int) Math.ceil(0.5 * values.length) - 3];
            assertThat(histogram.quantile(0.5))
                    .as("seed %d, exact median %d", seed, exact)
                    .isBetween((long) (below * 0.99), (long) (above * 1.09) + 1);
        }
    }

    @Test
    void the_highest_quantile_covers_everything_seen() {
        DecayingHistogram histogram = new DecayingHistogram();
        for (long value : new long[] {0, 1, 2, 3, 10, 999, 128_000, -5, Long.MAX_VALUE}) {
            histogram.record(value);
            if (value <= DecayingHistogram.MOST) {
                assertThat(histogram.quantile(1)).isGreaterThanOrEqualTo(value);
            }
        }
        assertThat(histogram.quantile(1)).isEqualTo(DecayingHistogram.MOST);
    }

    @Test
    void small_whole_numbers_are_told_apart() {
        for (long value = 0; value <= 12; value++) {
            DecayingHistogram histogram = new DecayingHistogram();
            histogram.record(value);
            assertThat(histogram.quantile(0.95)).isEqualTo(value);
        }
    }

    @Test
    void a_drift_is_followed_within_a_few_half_lives() {
        DecayingHistogram histogram = new DecayingHistogram();
        for (int i = 0; i < 100_000; i++) {
            histogram.record(4_000);
        }
        for (int i = 0; i < 5 * DecayingHistogram.HALF_LIFE; i++) {
            histogram.record(100);
        }
        assertThat(histogram.quantile(0.95)).isLessThan(110);
        assertThat(histogram.samples()).isEqualTo(100_000 + 5L * DecayingHistogram.HALF_LIFE);
    }

    @Test
    void a_kept_state_goes_on_as_if_nothing_had_happened() {
        Random random = new Random(3);
        DecayingHistogram histogram = new DecayingHistogram();
        for (int i = 0; i < 3_000; i++) {
            histogram.record(random.nextInt(1_000));
        }
        DecayingHistogram again = DecayingHistogram.of(histogram.state(), histogram.samples());
        for (double share : new double[] {0.1, 0.5, 0.9, 0.95, 0.99}) {
            assertThat(again.quantile(share)).isEqualTo(histogram.quantile(share));
        }
        assertThat(again.samples()).isEqualTo(3_000);
    }

    @Test
    void a_spoilt_state_counts_as_none() {
        float[] spoilt = {Float.NaN, Float.POSITIVE_INFINITY, -1, 1e30f};
        assertThat(DecayingHistogram.of(spoilt, -4).quantile(0.5)).isZero();
        assertThat(DecayingHistogram.of(spoilt, -4).samples()).isZero();
    }
}
