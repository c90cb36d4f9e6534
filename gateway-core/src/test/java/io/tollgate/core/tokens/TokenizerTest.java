package io.tollgate.core.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TokenizerTest {
    private static final int MEGABYTE = 1 << 20;

    /** OpenAI's published tokenizer says so. */
    @ParameterizedTest
    @CsvSource({
        "hello world, 2, 2",
        "antidisestablishmentarianism, 6, 6",
        "2 + 2 = 4, 7, 7",
        "お誕生日おめでとう, 9, 8",
        "<|endoftext|>, 7, 7"
    })
    void texts_have_as_many_tokens_as_the_published_vocabularies_make(String text, int cl100k, int o200k) {
        assertThat(Tokenizer.CL100K.count(text)).isEqualTo(cl100k);
        assertThat(Tokenizer.O200K.count(text)).isEqualTo(o200k);
    }

    @Test
    void nothing_has_no_tokens() {
        assertThat(Tokenizer.O200K.count("")).isZero();
    }

    @ParameterizedTest
    @EnumSource(Tokenizer.class)
    void a_megabyte_without_a_blank_is_counted_in_bounded_time(Tokenizer tokenizer) {
        byte[] random = new byte[MEGABYTE * 3 / 4];
        new Random(5).nextBytes(random);
        for (String text : new String[] {
            "a".repeat(MEGABYTE),
            Base64.getEncoder().encodeToString(random),
            " ".repeat(MEGABYTE / 4),
            "\n".repeat(MEGABYTE / 4),
            "!?".repeat(MEGABYTE / 8),
            "漢".repeat(MEGABYTE / 8),
            "😀".repeat(MEGABYTE / 16)
        }) {
            long tokens = assertTimeoutPreemptively(Duration.ofSeconds(20), () -> tokenizer.count(text));
            assertThat(tokens).isBetween(text.length() / 200L, 4L * text.length());
        }
    }

    @Test
    void long_prose_is_cut_only_where_a_token_begins_anyway() {
        Random random = new Random(11);
        StringBuilder prose = new StringBuilder();
        while (prose.length() < 60_000) {
            prose.append(random.nextInt(12) == 0 ? ".\n\nThe" : " word" + "s".repeat(random.nextInt(2)));
        }
        long whole = Tokenizer.O200K.count(prose.toString());
        long pieces = 0;
        for (String word : prose.toString().split("(?= )")) {
            pieces += Tokenizer.O200K.count(word);
        }
        assertThat(whole).isEqualTo(pieces);
    }

    @Test
    void no_cut_tears_a_character() {
        String text = "x" + "😀".repeat(5_000);
        for (int from = 0; from < text.length(); ) {
            int to = TextPieces.end(text, from);
            assertThat(to).isGreaterThan(from);
            assertThat(to == text.length() || !Character.isLowSurrogate(text.charAt(to)))
                    .isTrue();
            from = to;
        }
    }
}
