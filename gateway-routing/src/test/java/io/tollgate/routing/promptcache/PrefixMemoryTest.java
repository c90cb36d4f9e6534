package io.tollgate.routing.promptcache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class PrefixMemoryTest {
    private static final long SECOND = 1_000_000_000L;
    private static final double NEEDED = 0.25 / 1.15;

    @Test
    void nothing_is_expected_to_come_again_before_it_did() {
        assertThat(new PrefixMemory().seen(1, 7, 0)).isLessThan(NEEDED);
    }

    @Test
    void what_comes_again_in_time_is_expected_and_what_comes_late_is_not() {
        PrefixMemory memory = new PrefixMemory();
        double often = 0;
        double late = 0;
        for (int i = 0; i < 10; i++) {
            often = memory.seen(1, 7, i * 60L * SECOND);
        }
        for (int i = 0; i < 10; i++) {
            late = memory.seen(2, 8, (600L + i * 600L) * SECOND);
        }
        assertThat(often).isGreaterThan(0.6);
        assertThat(late).isLessThan(NEEDED);
    }

    @Test
    void a_prefix_that_is_marked_is_marked_again_while_it_lives_and_a_new_one_goes_by_its_group() {
        PrefixMemory memory = new PrefixMemory();
        memory.seen(1, 7, 0);
        memory.marked(1);
        assertThat(memory.seen(1, 7, 100 * SECOND)).isEqualTo(1);
        assertThat(memory.seen(1, 7, 500 * SECOND)).isLessThan(1);
        for (int i = 10; i < 40; i++) {
            memory.seen(i, 9, 1_000 * SECOND);
            memory.seen(i, 9, 1_010 * SECOND);
        }
        assertThat(memory.seen(99, 9, 1_020 * SECOND)).isGreaterThan(0.6);
    }

    @Test
    void it_stays_bounded() {
        PrefixMemory memory = new PrefixMemory();
        for (int i = 0; i < PrefixMemory.MOST_PREFIXES + 1_000; i++) {
            memory.seen(i, i, i);
        }
        assertThat(memory.size()).isEqualTo(PrefixMemory.MOST_PREFIXES);
    }

    /** Two features: one whose prompt all share, one whose prompts never come again. */
    @Test
    void on_mixed_traffic_it_pays_for_what_pays_and_loses_next_to_nothing_on_the_rest() {
        RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
        PrefixMemory memory = new PrefixMemory();
        double shared = 0;
        double single = 0;
        int calls = 2_000;
        boolean[] written = new boolean[1];
        for (int i = 0; i < calls; i++) {
            long now = i * 10L * SECOND;
            double chance = memory.seen(-1, 1, now);
            shared += chance <= NEEDED ? 1 : written[0] ? 0.1 : 1.25;
            if (chance > NEEDED) {
                memory.marked(-1);
                written[0] = true;
            }
            long once = random.nextLong(1, Long.MAX_VALUE);
            double one = memory.seen(once, 2, now);
            single += one > NEEDED ? 1.25 : 1;
        }
        assertThat(shared / calls).isLessThan(0.11);
        assertThat(single / calls).isLessThanOrEqualTo(1.0);
    }
}
