package io.tollgate.budget.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CentsTest {
    private static final long CENT = 10_000_000;

    @Test
    void the_cents_that_are_left_go_to_whoever_was_cut_most() {
        assertThat(Cents.parts(List.of(CENT / 3, CENT / 3, CENT / 3 + 1))).containsExactly(0, 0, 1);
        assertThat(Cents.parts(List.of(CENT * 3 / 2, CENT * 3 / 2))).containsExactly(2, 1);
        assertThat(Cents.parts(List.of())).isEmpty();
    }

    @Test
    void parts_add_up_and_none_is_off_by_a_cent() {
        Random random = new Random(6);
        for (int round = 0; round < 2_000; round++) {
            List<Long> nanos = random.longs(random.nextInt(40), 0, 1L << random.nextInt(1, 45))
                    .boxed()
                    .toList();
            long[] cents = Cents.parts(nanos);
            assertThat(Arrays.stream(cents).sum())
                    .isEqualTo(Cents.total(
                            nanos.stream().mapToLong(Long::longValue).sum()));
            for (int i = 0; i < cents.length; i++) {
                assertThat(Math.abs(cents[i] * CENT - nanos.get(i))).isLessThan(CENT);
            }
        }
    }
}
