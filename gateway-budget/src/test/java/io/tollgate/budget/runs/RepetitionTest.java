package io.tollgate.budget.runs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RepetitionTest {
    private static Repetition after(String calls) {
        Repetition repetition = new Repetition();
        calls.chars().forEach(call -> repetition.call("tool" + (char) call, call));
        return repetition;
    }

    @ParameterizedTest
    @CsvSource({
        "'', 1, 1",
        "A, 1, 1",
        "ABCD, 1, 1",
        "AA, 2, 1",
        "XAAAA, 4, 1",
        "AAAAB, 1, 1",
        "ABA, 1, 1",
        "ABAB, 2, 2",
        "XYABABAB, 3, 2",
        "ABABABABA, 4, 2",
        "ABCABCABC, 3, 3",
        "ABABC, 1, 1",
        "ABCDEFABCDEF, 2, 6",
        "AABAABAAB, 3, 3"
    })
    void the_rounds_of_the_latest_circle_are_counted(String calls, int rounds, int period) {
        Repetition repetition = after(calls);
        assertThat(repetition.rounds()).isEqualTo(rounds);
        if (rounds > 1) {
            assertThat(repetition.period()).isEqualTo(period);
        }
    }

    @Test
    void the_tools_of_the_circle_are_named_in_their_order() {
        assertThat(after("AAAA").tools()).isEqualTo("toolA");
        assertThat(after("XABCABC").tools()).isEqualTo("toolA, toolB, toolC");
    }

    @Test
    void it_agrees_with_looking_back_over_all_calls() {
        for (long seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            StringBuilder calls = new StringBuilder();
            Repetition repetition = new Repetition();
            for (int i = 0; i < 60; i++) {
                char call = (char) ('A' + random.nextInt(random.nextInt(5) == 0 ? 3 : 2));
                calls.append(call);
                repetition.call("t", call);
                assertThat(repetition.rounds()).as("seed %d: %s", seed, calls).isEqualTo(mostRounds(calls.toString()));
            }
        }
    }

    private static int mostRounds(String calls) {
        int most = 1;
        for (int period = 1; period <= Repetition.LONGEST; period++) {
            int rounds = 1;
            while (calls.length() >= period * (rounds + 1)
                    && calls.substring(calls.length() - period * (rounds + 1), calls.length() - period * rounds)
                            .equals(calls.substring(calls.length() - period))) {
                rounds++;
            }
            most = Math.max(most, rounds);
        }
        return most;
    }
}
