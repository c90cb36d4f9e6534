package io.tollgate.core.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.core.dialect.JsonTree;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JsonStringTest {
    private static final String HARD =
            "\"\\/\n\r\t\b\f\u0000\u001f\u007f\u0085\u2028\u2029é\ud83d\ude00\ud83d\udc00\uffff";

    @Test
    void any_text_comes_back_from_utf_8_and_a_parser_as_it_was() {
        for (int seed = 0; seed < 5_000; seed++) {
            Random random = new Random(seed);
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(20); i > 0; i--) {
                text.append(
                        random.nextBoolean()
                                ? HARD.charAt(random.nextInt(HARD.length()))
                                : (char) random.nextInt(0x10000));
            }
            String json = JsonString.quote(text.toString());
            String decoded = new String(json.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
            assertThat(decoded).as("seed %d", seed).isEqualTo(json);
            assertThat(JsonTree.parse(decoded)).as("seed %d", seed).isEqualTo(text.toString());
            assertThat(json.chars().noneMatch(Character::isISOControl))
                    .as("seed %d", seed)
                    .isTrue();
        }
    }

    @Test
    void half_a_surrogate_pair_and_line_separators_are_escaped() {
        assertThat(JsonString.quote("a\ud83d\u2028\"\ud83d\ude00\udc00\u0001"))
                .isEqualTo("\"a\\ud83d\\u2028\\\"\ud83d\ude00\\udc00\\u0001\"");
    }
}
