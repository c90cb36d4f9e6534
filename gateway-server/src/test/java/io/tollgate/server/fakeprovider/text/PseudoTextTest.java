package io.tollgate.server.fakeprovider.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PseudoTextTest {
    private final TokenCounter exact = new TokenCounter(Integer.MAX_VALUE);

    @Test
    void every_piece_is_one_token_of_the_whole_text() {
        long seed = 20261122;
        Random random = new Random(seed);
        for (int i = 0; i < 500; i++) {
            int tokens = 1 + random.nextInt(300);
            List<String> pieces = PseudoText.pieces(random.nextLong(), tokens);
            assertThat(pieces).as("seed %d, round %d", seed, i).hasSize(tokens);
            assertThat(exact.count(String.join("", pieces)))
                    .as("seed %d, round %d: %s", seed, i, pieces)
                    .isEqualTo(tokens);
        }
    }

    @Test
    void the_same_seed_gives_the_same_text_and_another_seed_another() {
        assertThat(PseudoText.pieces(7, 60)).isEqualTo(PseudoText.pieces(7, 60)).isNotEqualTo(PseudoText.pieces(8, 60));
    }

    @Test
    void a_length_in_words_is_honoured() {
        int tokens = PseudoText.plausibleTokens("Explain rainbows in 200 words, please.", 1);
        String text = String.join("", PseudoText.pieces(5, tokens));

        assertThat(text.split(" ").length).isBetween(180, 220);
    }

    @Test
    void the_pieces_of_any_text_make_the_text_again() {
        String text = "Grüße, 世界! \uD83D\uDE80 done";

        assertThat(String.join("", exact.pieces(text))).isEqualTo(text);
        assertThat(exact.pieces("Hello there, world")).hasSize(exact.count("Hello there, world"));
    }

    @Test
    void a_text_beyond_the_exact_size_or_with_an_endless_word_is_counted_by_its_length() {
        assertThat(new TokenCounter(10).count("one two three four")).isEqualTo(5);
        assertThat(exact.count("x".repeat(4_000))).isEqualTo(1_000);
        assertThat(exact.pieces("x".repeat(4_000))).hasSize(1_000);
    }

    @Test
    void a_prefix_seen_before_is_known_in_whole_blocks_and_only_in_its_scope() {
        PromptCache cache = new PromptCache();
        String prefix = "x".repeat(5_000);

        assertThat(cache.seenPrefix("gpt-4o", prefix + "first")).isZero();
        assertThat(cache.seenPrefix("gpt-4o", prefix + "second")).isEqualTo(5_000 / 512 * 512);
        assertThat(cache.seenPrefix("gpt-4.1", prefix + "second")).isZero();
        assertThat(cache.seenPrefix("gpt-4o", "y" + prefix)).isZero();
    }
}
