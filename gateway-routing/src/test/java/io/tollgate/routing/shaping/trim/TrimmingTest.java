package io.tollgate.routing.shaping.trim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrimmingTest {
    /** None of them may change, wherever it stands. */
    private static final List<String> SPARED = List.of(
            "```\nplease  keep \n\n\n\tthis\n```",
            "~~~python\nx  =  1   \n\n\n~~~",
            "`in  order to`",
            "``a `  b``",
            "\"please note that  in order to\"",
            "\u201cKindly  wait\u201d",
            "'please  hold'",
            "{\"please\":  [1,   2],\n\n\n \"in order to\": \"a  \\\" b\"}",
            "[1,   2]",
            "<example>in order to  win \n\n\n</example>",
            "> please  wait  \n",
            "\n    please  indent   \n");

    private static final List<String> PLAIN = List.of(
            "You are  a helper.",
            "Please be brief. ",
            "\n\n\n\n",
            "Use it in order to win,\tand  don't   stop. ",
            "It's important to note that facts matter.  \n",
            "- please list \n1. Kindly count  \n",
            "   ",
            "\r\n\r\n\r\n\r\n",
            "\u4f60\u597d  \u4e16\u754c\n");

    static String trimmed(String text) {
        StringBuilder trimmed = new StringBuilder();
        int at = 0;
        for (Cut cut : Trimming.cuts(text)) {
            assertThat(cut.from()).isGreaterThanOrEqualTo(at);
            trimmed.append(text, at, cut.from()).append(cut.instead());
            at = cut.to();
        }
        return trimmed.append(text.substring(at)).toString();
    }

    @Test
    void blanks_and_filler_go() {
        assertThat(trimmed("  You are  a helper. \n\n\n\nPlease note that the user may be\tangry.  \n"))
                .isEqualTo("You are a helper.\n\nThe user may be\tangry.");
        assertThat(trimmed("Answer in order to help. In order to win, please them. Please, stop. KINDLY reply"))
                .isEqualTo("Answer to help. To win, please them. Please, stop. Reply");
        assertThat(trimmed("- please list\n2. Please  count\n* it should be noted that x is y"))
                .isEqualTo("- list\n2. Count\n* x is y");
        assertThat(trimmed("a\n  b\n   c   d")).isEqualTo("a\n  b\n   c d");
    }

    @Test
    void what_may_carry_meaning_stays() {
        for (String text : List.of(
                "Say please and thank you.",
                "Do not just answer; always be very careful.",
                "The pleased user, inordinately: in orders to.",
                "Reply with: please wait",
                "They say it's 'good'. It's the users' choice.")) {
            assertThat(trimmed(text)).isEqualTo(text);
        }
    }

    @Test
    void a_blank_prompt_is_left_alone() {
        assertThat(Trimming.cuts("  \n ")).isEmpty();
        assertThat(Trimming.cuts("")).isEmpty();
    }

    @Test
    void code_quotes_and_data_stay_wherever_they_stand_and_trimming_again_changes_nothing() {
        for (long seed = 0; seed < 20_000; seed++) {
            Random random = new Random(seed);
            StringBuilder text = new StringBuilder();
            StringBuilder spared = new StringBuilder();
            String first = "";
            for (int i = random.nextInt(1, 8); i > 0; i--) {
                if (random.nextInt(3) == 0) {
                    first = SPARED.get(random.nextInt(SPARED.size()));
                    text.append("\n\n").append(first).append("\n\n");
                    spared.append(first.strip()).append('\0');
                } else {
                    text.append(PLAIN.get(random.nextInt(PLAIN.size())));
                }
            }
            String trimmed = trimmed(text.toString());
            String as = "seed " + seed + "\n" + text + "\n-----\n" + trimmed;
            int at = 0;
            for (String part : spared.toString().split("\0")) {
                int found = trimmed.indexOf(part, at);
                assertThat(found).as(as).isNotNegative();
                at = found + part.length();
            }
            assertThat(trimmed.length()).as(as).isLessThanOrEqualTo(text.length());
            if (!text.toString().isBlank()) {
                assertThat(trimmed).as(as).isNotBlank();
            }
            assertThat(trimmed(trimmed)).as(as).isEqualTo(trimmed);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[", "`", "``` \n", "\"", "'a ", "<code>", "{\n\n", "please ", "\u201c\n", "    x\n"})
    void time_grows_with_the_text_alone(String part) {
        String text = part.repeat(400_000 / part.length());
        long from = System.nanoTime();
        String trimmed = trimmed(text);
        assertThat(trimmed.length()).isLessThanOrEqualTo(text.length());
        assertThat(System.nanoTime() - from).isLessThan(5_000_000_000L);
    }
}
