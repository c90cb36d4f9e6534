package io.tollgate.budget.rollup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TallyTest {
    @Test
    void a_tally_survives_the_way_through_its_bytes() {
        long seed = 42;
        Random random = new Random(seed);
        for (int round = 0; round < 500; round++) {
            Tally tally = new Tally();
            for (int i = 0; i < Tally.SUMS; i++) {
                tally.add(i, random.nextLong() >> random.nextInt(64));
            }
            for (int i = random.nextInt(3); i > 0; i--) {
                tally.addSaved("lever ü" + i, random.nextLong() >> random.nextInt(64));
            }
            for (int i = random.nextInt(20); i > 0; i--) {
                tally.addLatency(random.nextInt(1_000), 1 + random.nextInt(100));
            }
            Tally read = new Tally();
            TallyBytes.addTo(read, TallyBytes.of(tally));
            assertThat(TallyBytes.of(read)).as("seed %d round %d", seed, round).isEqualTo(TallyBytes.of(tally));
            for (int i = 0; i < Tally.SUMS; i++) {
                assertThat(read.sum(i)).isEqualTo(tally.sum(i));
            }
            assertThat(read.saved()).isEqualTo(tally.saved());
        }
    }

    @Test
    void percentiles_of_merged_tallies_are_those_of_all_values_on_the_scale() {
        long seed = 43;
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            Tally all = new Tally();
            long[] values = new long[1 + random.nextInt(300)];
            for (int i = 0; i < values.length; i++) {
                values[i] = random.nextLong() >>> (1 + random.nextInt(62));
                Tally one = new Tally();
                one.add(Tally.ANSWERED, 1);
                one.addLatency(LatencyScale.step(values[i]), 1);
                all.add(one);
            }
            Arrays.sort(values);
            for (int hundredths : new int[] {50, 95}) {
                long exact = values[(values.length * hundredths + 99) / 100 - 1];
                assertThat(all.percentile(hundredths))
                        .as("seed %d round %d", seed, round)
                        .isEqualTo(LatencyScale.rounded(exact));
            }
        }
    }

    @Test
    void the_scale_is_monotone_and_off_by_less_than_two_hundredths() {
        int before = -1;
        for (long micros = 0; micros < 1L << 40; micros += 1 + micros / 97) {
            int step = LatencyScale.step(micros);
            assertThat(step).isGreaterThanOrEqualTo(before);
            assertThat(Math.abs(LatencyScale.micros(step) - micros) * 60).isLessThanOrEqualTo(micros);
            before = step;
        }
        assertThat(LatencyScale.step(Long.MAX_VALUE)).isLessThan(2_000);
        assertThat(LatencyScale.rounded(-1)).isZero();
    }

    @Test
    void a_sum_beyond_64_bits_is_refused() {
        Tally tally = new Tally();
        tally.add(Tally.COST, Long.MAX_VALUE);
        assertThatThrownBy(() -> tally.add(Tally.COST, 1)).isInstanceOf(ArithmeticException.class);
    }
}
