package io.tollgate.routing.earlystop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RepetitionWatchTest {
    private static final int BOUND = RepetitionWatch.WINDOW + 512;

    private static int overAfter(String text, int size) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        RepetitionWatch watch = new RepetitionWatch();
        for (int at = 0; at < bytes.length; at += size) {
            int length = Math.min(size, bytes.length - at);
            if (watch.isOver(bytes, at, length)) {
                return at + length;
            }
        }
        return -1;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a", "no. ", "I am sorry, I cannot say more about it.\n", "1, 2, 3, 4, 5, 6, 7, 8, 9, 10, "})
    void a_span_that_comes_again_and_again_is_noticed_within_a_window_of_its_beginning(String span) {
        String before = "Here is what you asked for, in all its detail, as far as it is known.\n";
        String text = before.repeat(1) + span.repeat(3 * RepetitionWatch.WINDOW / span.length());
        assertThat(overAfter(text, 7)).isBetween(RepetitionWatch.WINDOW, before.length() + BOUND + 7);
    }

    @Test
    void a_longest_span_counts_and_a_longer_one_does_not() {
        Random random = new Random(4);
        StringBuilder span = new StringBuilder();
        while (span.length() < RepetitionWatch.LONGEST) {
            span.append((char) ('a' + random.nextInt(26)));
        }
        assertThat(overAfter(span.toString().repeat(12), 50)).isPositive();
        assertThat(overAfter(span.append("!").toString().repeat(40), 50)).isEqualTo(-1);
    }

    @Test
    void lists_tables_and_numbered_lines_are_no_loops() {
        StringBuilder table = new StringBuilder();
        for (int i = 0; i < 2000; i++) {
            table.append("| item ").append(i).append(" | yes | no | yes | no |\n");
        }
        assertThat(overAfter(table.toString(), 16)).isEqualTo(-1);
        assertThat(overAfter("-".repeat(3000) + "\n" + "=".repeat(3000), 16)).isEqualTo(-1);
    }

    @Test
    void random_text_is_never_cut() {
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < 20_000; i++) {
                text.append(random.nextInt(3));
            }
            assertThat(overAfter(text.toString(), 100)).as("seed %d", seed).isEqualTo(-1);
        }
    }
}
