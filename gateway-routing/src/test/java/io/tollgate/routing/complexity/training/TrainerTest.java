package io.tollgate.routing.complexity.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.routing.complexity.LearnedClassifier;
import io.tollgate.routing.complexity.Question;
import io.tollgate.routing.complexity.model.LinearModel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TrainerTest {
    private static final String[] FILLING = {
        "garden", "window", "river", "table", "winter", "paper", "village", "market", "silver", "forest", "bridge",
        "candle"
    };

    /** {@code count} texts that hold one of two words by turns: the strong model gains where it is the second. */
    private static List<Example> examples(int count, String easy, String hard, String group) {
        Random random = new Random(group.hashCode());
        List<Example> examples = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            boolean gains = i % 2 == 1;
            StringBuilder text = new StringBuilder(gains ? hard : easy);
            for (int w = 0; w < 10; w++) {
                text.append(' ').append(FILLING[random.nextInt(FILLING.length)]);
            }
            examples.add(new Example(text.toString(), gains ? 0 : 1, 1, group, 0));
        }
        return examples;
    }

    private static LinearModel fit(List<Example> examples) {
        return new Trainer(Trainer.Settings.DEFAULT).fit(examples);
    }

    private static double[] scores(LinearModel model, List<Example> examples) {
        LearnedClassifier classifier = new LearnedClassifier(model);
        return examples.stream()
                .mapToDouble(example -> CrossValidation.score(classifier, example))
                .toArray();
    }

    private static byte[] bytes(LinearModel model) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        model.write(out);
        return out.toByteArray();
    }

    @Test
    void ridge_regression_finds_the_weights_that_made_the_targets() {
        Random random = new Random(3);
        double[] true_ = {2, -1, 0.5};
        List<Ridge.Row> rows = new ArrayList<>();
        double[] targets = new double[200];
        for (int i = 0; i < targets.length; i++) {
            float[] values = {
                (float) random.nextGaussian(), (float) random.nextGaussian(), (float) random.nextGaussian()
            };
            rows.add(new Ridge.Row(new int[] {0, 1, 2}, values));
            for (int c = 0; c < true_.length; c++) {
                targets[i] += true_[c] * values[c];
            }
        }
        double[] free = new Ridge(rows, 3, 1e-6).solve(targets);
        for (int c = 0; c < true_.length; c++) {
            assertThat(free[c]).isCloseTo(true_[c], org.assertj.core.data.Offset.offset(1e-3));
        }
        double[] held = new Ridge(rows, 3, 1e6).solve(targets);
        assertThat(Arrays.stream(held).map(Math::abs).max().orElseThrow())
                .as("a large penalty keeps weights small")
                .isLessThan(0.01);
    }

    @Test
    void what_can_be_learned_is_learned_and_holds_for_texts_that_were_not_shown() {
        LinearModel model = fit(examples(400, "breeze", "thunder", "shown"));
        List<Example> others = examples(200, "breeze", "thunder", "others");
        assertThat(Apgr.of(others, scores(model, others))).isGreaterThan(0.74);
    }

    @Test
    void the_same_examples_give_the_same_weights_bit_for_bit() throws Exception {
        List<Example> examples = examples(120, "breeze", "thunder", "g");
        assertThat(bytes(fit(examples))).isEqualTo(bytes(fit(examples)));
    }

    @Test
    void groups_left_out_are_left_out_whole() {
        List<Example> examples = new ArrayList<>();
        for (int g = 0; g < 6; g++) {
            // every group has words of its own: only its own examples tell
            examples.addAll(
                    examples(80, "g" + "abcdef".charAt(g) + "one", "g" + "abcdef".charAt(g) + "two", "group" + g));
        }
        CrossValidation validation = new CrossValidation(new Trainer(Trainer.Settings.DEFAULT), 3, 7);
        List<Integer> parts = new ArrayList<>();
        double met = validation.leavingExamplesOut(examples, parts::add).apgr(example -> true);
        CrossValidation.Outcome unmet = validation.leavingGroupsOut(examples, part -> {});
        double never = unmet.apgr(example -> true);
        assertThat(parts).containsExactly(1, 2, 3);
        assertThat(met).isGreaterThan(0.7);
        assertThat(never).as("words of a group that was left out are unknown").isBetween(0.4, 0.6);
        assertThat(unmet.apgrByPart(example -> true)).isBetween(0.4, 0.6);
    }

    @Test
    void by_part_scores_of_different_classifiers_are_not_compared() {
        List<Example> examples = List.of(
                new Example("a", 0, 1, "", 0),
                new Example("b", 1, 1, "", 0),
                new Example("c", 0, 1, "", 0),
                new Example("d", 1, 1, "", 0));
        CrossValidation.Outcome outcome =
                new CrossValidation.Outcome(examples, new double[] {0.9, 0.8, 0.2, 0.1}, new int[] {0, 0, 1, 1});
        assertThat(outcome.apgrByPart(example -> true)).isEqualTo(0.75);
        assertThat(outcome.apgr(example -> true)).isEqualTo(0.625);
    }

    @Test
    void an_example_is_drawn_towards_the_mean_of_its_group_and_a_group_towards_that_of_its_source() {
        List<Example> examples = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            examples.add(new Example("x", i % 2, 1, "half", 0)); // gains 0 and 1
            examples.add(new Example("y", 1, 1, "never", 0));
        }
        examples.add(new Example("z", 0.5, 1, "other", 1));
        double[] targets = Targets.of(examples, 0.5, 20);
        assertThat(targets[0]).as("gained, in a group that gains by half").isEqualTo(0.125 + 0.5 * 0.625);
        assertThat(targets[2]).as("did not").isEqualTo(0.125 - 0.5 * 0.375);
        assertThat(targets[1]).as("as its whole group").isEqualTo(-0.125 - 0.5 * 0.125);
        assertThat(targets[40]).as("the only one of its source").isZero();
    }

    @Test
    void the_gap_recovered_is_three_quarters_for_a_perfect_order_and_half_for_none() {
        List<Example> examples = examples(1_000, "a", "b", "g");
        double[] gains = examples.stream().mapToDouble(Example::gain).toArray();
        double[] turned = Arrays.stream(gains).map(gain -> -gain).toArray();
        assertThat(Apgr.of(examples, gains)).isEqualTo(0.75);
        assertThat(Apgr.of(examples, turned)).isEqualTo(0.25);
        assertThat(Apgr.of(examples, new double[1_000])).as("all alike").isEqualTo(0.5);
        double[] random = new Random(11).doubles(1_000).toArray();
        assertThat(Apgr.of(examples, random)).isBetween(0.47, 0.53);
        assertThat(Apgr.of(examples, gains, example -> example.prompt().startsWith("b")))
                .isEqualTo(0.5);
        List<Example> none = List.of(new Example("x", 1, 1, "", 0));
        assertThat(Apgr.of(none, new double[1])).isNaN();
    }

    @Test
    void a_model_is_read_as_it_was_written() throws Exception {
        List<Example> examples = examples(120, "breeze", "thunder", "g");
        LinearModel model = fit(examples);
        LinearModel again = LinearModel.read(new ByteArrayInputStream(bytes(model)));
        assertThat(scores(again, examples)).isEqualTo(scores(model, examples));
        assertThat(bytes(again)).isEqualTo(bytes(model));
    }

    @Test
    void a_file_that_is_cut_or_of_another_kind_or_size_is_refused() throws Exception {
        byte[] whole = bytes(fit(examples(60, "breeze", "thunder", "g")));
        for (int length : new int[] {0, 3, 11, 12, 1_000, whole.length / 2, whole.length - 1}) {
            assertThatThrownBy(() -> LinearModel.read(new ByteArrayInputStream(whole, 0, length)))
                    .as(length + " bytes")
                    .isInstanceOf(IOException.class);
        }
        byte[] other = whole.clone();
        other[0] ^= 1;
        assertThatThrownBy(() -> LinearModel.read(new ByteArrayInputStream(other)))
                .hasMessageContaining("expected weights written by train complexity");
        byte[] larger = whole.clone();
        larger[7]++;
        assertThatThrownBy(() -> LinearModel.read(new ByteArrayInputStream(larger)))
                .hasMessageContaining("train the weights again");
        byte[] nonsense = whole.clone();
        Arrays.fill(nonsense, 12 + (1 << 17), 12 + (1 << 17) + 8, (byte) 0xff); // the first form's unit: not a number
        assertThatThrownBy(() -> LinearModel.read(new ByteArrayInputStream(nonsense)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("not a finite number");
    }

    @Test
    void a_trained_model_judges_strange_text_as_the_rules_do() {
        LinearModel model = fit(examples(200, "breeze", "thunder", "g"));
        Question strange = Question.of("Analyse les causes de la guerre de Cent Ans");
        assertThat(new LearnedClassifier(model).classify(strange).score())
                .isEqualTo(new io.tollgate.routing.complexity.RulesClassifier()
                        .classify(strange)
                        .score());
    }
}
