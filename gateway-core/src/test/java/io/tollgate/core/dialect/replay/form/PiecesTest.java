package io.tollgate.core.dialect.replay.form;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.core.text.JsonString;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PiecesTest {
    private static final List<String> CHARACTERS = List.of(
            "a",
            "b",
            " ",
            " ",
            "é",
            "潮",
            "\uD83C\uDF0A",
            "\\n",
            "\\\"",
            "\\\\",
            "\\u00e9",
            "\\ud83c\\udf0a",
            "\\ud83c");

    @Test
    void pieces_are_strings_of_their_own_and_together_the_whole_text() {
        for (long seed = 0; seed < 500; seed++) {
            Value string = Value.of(random(new Random(seed)));
            StringBuilder together = new StringBuilder();
            for (Value piece : Pieces.of(string)) {
                String text = new Out(64).string(piece).since(0).text();
                assertThat(text).as("seed %d", seed).isNotEmpty();
                assertThat(Character.isLowSurrogate(text.charAt(0)))
                        .as("seed %d", seed)
                        .isFalse();
                together.append(text);
            }
            assertThat(together.toString()).as("seed %d", seed).isEqualTo(string.text());
        }
    }

    private static String random(Random random) {
        StringBuilder json = new StringBuilder("\"");
        for (int i = random.nextInt(400); i > 0; i--) {
            json.append(CHARACTERS.get(random.nextInt(CHARACTERS.size())));
        }
        return json.append('"').toString();
    }

    @Test
    void a_text_comes_in_some_words_each() {
        List<Value> pieces = Pieces.of(Value.of(JsonString.quote("The tide rises twice a day and falls as often.")));

        assertThat(pieces)
                .extracting(piece -> new Out(64).string(piece).since(0).text())
                .containsExactly("The tide rises twice a day ", "and falls as often.");
    }

    @Test
    void a_long_text_comes_in_longer_pieces_not_in_more() {
        assertThat(Pieces.of(Value.of(JsonString.quote("tide ".repeat(1_000_000)))))
                .hasSizeBetween(400, 513);
        assertThat(Pieces.of(Value.of(JsonString.quote("t".repeat(1_000_000))))).hasSizeBetween(200, 513);
    }

    @Test
    void an_empty_text_comes_in_no_pieces() {
        assertThat(Pieces.of(Value.of("\"\""))).isEmpty();
    }
}
