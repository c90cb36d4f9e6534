package io.tollgate.routing.shaping.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The scanners find what these expressions say. */
class CuttingTest {
    private static final String NUMBERED =
            "(?i:(?:document|doc|passage|source|context|chunk|article|result|section|page)\\s{0,3})";
    private static final Pattern OPENING = Pattern.compile("[ \\t]{0,8}(?:" + NUMBERED + "?\\[\\d{1,6}]|" + NUMBERED
            + "#?\\d{1,6}\\b|#{1,6}\\s|<[A-Za-z][^>\\n]{0,80}>|\\d{1,3}[.)]\\s|[-*•]\\s)[:.]?\\s?");
    private static final Pattern SENTENCE_END =
            Pattern.compile("[.!?]['\")\\]]{0,3}\\s+(?=[\"'(\\[]?[\\p{Lu}\\d])|\\n+|[。！？]");
    private static final String[] BITS = {
        "Document ",
        "doc",
        "PAGE\t",
        "Section  #",
        "source   ",
        "result    ",
        "[",
        "]",
        "12",
        "1234567",
        "3",
        "#",
        "###",
        "<",
        ">",
        "<tag a=\"1\">",
        "b",
        "x",
        ".",
        ")",
        ":",
        "- ",
        "* ",
        "• ",
        " ",
        "\t",
        "\n",
        "\n\n",
        "! ",
        "?\" ",
        ".') ",
        ".\"\")) ",
        "The",
        "é",
        "É",
        "漢字",
        "。",
        "！",
        "😀",
        "\u00a0",
        "\r\n",
        "\"",
        "(",
        "_",
        "word ",
        "𝐀"
    };

    private static String random(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(1, 14); i > 0; i--) {
            text.append(BITS[random.nextInt(BITS.length)]);
        }
        return text.toString();
    }

    @Test
    void a_document_heading_tag_or_item_begins_where_the_expression_says() {
        int found = 0;
        for (long seed = 0; seed < 200_000; seed++) {
            String text = random(new Random(seed));
            Matcher opening = OPENING.matcher(text);
            int expected = opening.lookingAt() ? opening.end() : -1;
            assertThat(Opening.end(text.toCharArray(), 0, text.length()))
                    .as("seed %s: <%s>", seed, text)
                    .isEqualTo(expected);
            found += expected > 0 ? 1 : 0;
        }
        assertThat(found).isGreaterThan(10_000);
    }

    @Test
    void a_sentence_ends_where_the_expression_says() {
        for (long seed = 0; seed < 100_000; seed++) {
            String text = random(new Random(seed)) + random(new Random(-seed));
            Matcher end = SENTENCE_END.matcher(text);
            for (int at = 0; at < text.length(); ) {
                int expected = end.find(at) ? end.end() : text.length();
                assertThat(Sentences.end(text.toCharArray(), at, text.length()))
                        .as("seed %s: <%s> from %s", seed, text, at)
                        .isEqualTo(expected);
                at = expected;
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Berries, berry",
        "classes, class",
        "running, run",
        "stopped, stop",
        "falling, fall",
        "letters, let",
        "used, used",
        "moved, mov",
        "moves, mov",
        "gas, gas",
        "gloss, gloss",
        "quickly, quick",
        "ships, ship",
        "the, the",
        "horse, hors",
        "horses, hors",
        "Öfen, öfen",
        "ring, ring",
        "1871s, 1871"
    })
    void forms_of_a_word_are_compared_as_one(String word, String other) {
        WordTable table = Stems.table(word);
        char[] stem = other.toCharArray();
        assertThat(table.find(stem, stem.length)).as("%s is %s", word, other).isZero();
    }

    @Test
    void a_table_tells_thousands_of_words_apart() {
        WordTable table = new WordTable();
        for (int i = 0; i < 5_000; i++) {
            char[] word = Integer.toString(i * 7).toCharArray();
            assertThat(table.find(word, word.length)).isNegative();
            assertThat(table.add(word, word.length)).isEqualTo(i);
        }
        for (int i = 0; i < 5_000; i++) {
            char[] word = Integer.toString(i * 7).toCharArray();
            assertThat(table.find(word, word.length)).isEqualTo(i);
            assertThat(table.add(word, word.length)).isEqualTo(i);
        }
        assertThat(table.size()).isEqualTo(5_000);
    }

    @ParameterizedTest
    @CsvSource({
        "When did it end?, true, false, false, false",
        "in what year was it, true, false, false, false",
        "what  year was it, false, false, false, false",
        "¿Cuándo fue?, true, false, false, false",
        "how many people live where, false, true, false, true",
        "How to do it, false, false, false, false",
        "Wie viele waren es, false, true, false, false",
        "who's there, false, false, true, false",
        "whole numbers, false, false, false, false",
        "Où est-il, false, false, false, true",
        "what country is it, false, false, false, true",
    })
    void a_questions_words_tell_what_is_wanted(
            String question, boolean time, boolean number, boolean person, boolean place) {
        assertThat(Wanted.by(question)).isEqualTo(new Wanted(time, number, person, place));
    }

    @ParameterizedTest
    @ValueSource(strings = {"In 1871 it was", "it was 2024.", "1871年", "on MAY 3", "since october,"})
    void a_year_or_a_month_is_a_time(String sentence) {
        assertThat(time(sentence)).isEqualTo(Weights.TIME);
    }

    @ParameterizedTest
    @ValueSource(strings = {"in 18712", "x1871", "in 1400", "2020s", "maybe", "3 marches", "Mays"})
    void other_numbers_and_words_are_none(String sentence) {
        assertThat(time(sentence)).isZero();
    }

    private static double time(String sentence) {
        return Wanted.by("when").in(sentence.toCharArray(), 0, sentence.length(), new Question("when"));
    }
}
