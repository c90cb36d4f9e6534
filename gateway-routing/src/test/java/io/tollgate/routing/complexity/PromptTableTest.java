package io.tollgate.routing.complexity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Written prompts, labelled before any classifier had seen them, and what the classifiers make of them. */
class PromptTableTest {
    private static final Path DOCS = Path.of("..", "docs", "routing.md");
    private static final double LATER_FLOOR = 0.84;
    private static final double FRESH_FLOOR = 0.80;
    private static final ComplexityClassifier RULES = new RulesClassifier();
    private static final ComplexityClassifier LEARNED = LearnedClassifier.shipped();

    /** Answers by label and verdict. */
    private static final class Confusion {
        private int simpleRight;
        private int simpleWrong;
        private int complexRight;
        private int complexWrong;

        void add(String label, Complexity judged) {
            boolean right = judged.verdict().wireName().equals(label);
            if (label.equals("simple")) {
                simpleRight += right ? 1 : 0;
                simpleWrong += right ? 0 : 1;
            } else {
                complexRight += right ? 1 : 0;
                complexWrong += right ? 0 : 1;
            }
        }

        double accuracy() {
            return (double) (simpleRight + complexRight) / (simpleRight + simpleWrong + complexRight + complexWrong);
        }

        String row(String name) {
            return String.format(
                    Locale.ROOT,
                    "| %s | %d | %d | %d | %d | %.1f %% |",
                    name,
                    simpleRight,
                    simpleWrong,
                    complexRight,
                    complexWrong,
                    100 * accuracy());
        }
    }

    /** By language, and {@code all}. */
    private static Map<String, Confusion> confusion(ComplexityClassifier classifier, String table) throws IOException {
        Map<String, Confusion> byLanguage = new LinkedHashMap<>();
        Confusion all = new Confusion();
        for (Table.Row row : Table.read(table)) {
            Complexity judged = classifier.classify(Question.of(row.third()));
            byLanguage
                    .computeIfAbsent(row.language(), language -> new Confusion())
                    .add(row.second(), judged);
            all.add(row.second(), judged);
        }
        byLanguage.put("all", all);
        return byLanguage;
    }

    private static Confusion all(ComplexityClassifier classifier, String table) throws IOException {
        return Objects.requireNonNull(confusion(classifier, table).get("all"));
    }

    @Test
    void the_table_holds_forty_prompts_in_each_of_five_languages_and_none_twice() throws Exception {
        List<Table.Row> rows = Table.read("prompts.tsv");
        assertThat(rows).hasSizeGreaterThanOrEqualTo(200);
        assertThat(rows).extracting(Table.Row::third).doesNotHaveDuplicates();
        assertThat(rows).extracting(Table.Row::second).containsOnly("simple", "complex");
        for (String language : List.of("en", "de", "fr", "es", "it")) {
            assertThat(rows)
                    .filteredOn(row -> row.language().equals(language))
                    .as(language)
                    .hasSizeGreaterThanOrEqualTo(40);
        }
    }

    @Test
    void both_classifiers_tell_the_labelled_prompts_apart_in_every_language() throws Exception {
        for (ComplexityClassifier classifier : List.of(RULES, LEARNED)) {
            confusion(classifier, "prompts.tsv")
                    .forEach((language, confusion) -> assertThat(confusion.accuracy())
                            .as(confusion.row(language))
                            .isGreaterThanOrEqualTo(language.equals("all") ? 0.97 : 0.95));
        }
    }

    @Test
    void and_most_of_those_that_avoid_the_words_tasks_are_usually_named_by() throws Exception {
        for (ComplexityClassifier classifier : List.of(RULES, LEARNED)) {
            Confusion all = all(classifier, "prompts_later.tsv");
            assertThat(all.accuracy()).as(all.row("all")).isGreaterThanOrEqualTo(LATER_FLOOR);
        }
    }

    @Test
    void and_most_of_those_in_everyday_words_that_nothing_was_ever_tuned_on() throws Exception {
        assertThat(Table.read("prompts_fresh.tsv")).hasSize(60);
        for (ComplexityClassifier classifier : List.of(RULES, LEARNED)) {
            Confusion all = all(classifier, "prompts_fresh.tsv");
            assertThat(all.accuracy()).as(all.row("all")).isGreaterThanOrEqualTo(FRESH_FLOOR);
        }
    }

    @Test
    void the_tables_in_the_documentation_are_what_is_measured() throws Exception {
        String docs = Files.readString(DOCS);
        List<String> missing = new ArrayList<>();
        for (String table : List.of("prompts.tsv", "prompts_later.tsv", "prompts_fresh.tsv")) {
            confusion(LEARNED, table).forEach((language, confusion) -> {
                if (!docs.contains(confusion.row(name(language)))) {
                    missing.add(confusion.row(name(language)));
                }
            });
            String rules = all(RULES, table).row("all, rules alone");
            if (!docs.contains(rules)) {
                missing.add(rules);
            }
        }
        assertThat(missing).as("rows docs/routing.md should have").isEmpty();
    }

    private static String name(String language) {
        return switch (language) {
            case "en" -> "English";
            case "de" -> "German";
            case "fr" -> "French";
            case "es" -> "Spanish";
            case "it" -> "Italian";
            default -> language;
        };
    }

    @Test
    void a_paraphrase_is_judged_as_its_original_is_nine_times_in_ten() throws Exception {
        List<Table.Row> pairs = Table.read("paraphrases.tsv");
        assertThat(pairs).hasSizeGreaterThanOrEqualTo(60);
        for (ComplexityClassifier classifier : List.of(RULES, LEARNED)) {
            List<String> apart = new ArrayList<>();
            for (Table.Row pair : pairs) {
                Complexity one = classifier.classify(Question.of(pair.second()));
                Complexity other = classifier.classify(Question.of(pair.third()));
                if (one.verdict() != other.verdict()) {
                    apart.add(pair.second() + " / " + pair.third());
                }
            }
            assertThat(apart).as("judged apart").hasSizeLessThanOrEqualTo(pairs.size() / 10);
        }
    }
}
