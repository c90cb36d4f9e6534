package io.tollgate.routing.complexity.training;

import io.tollgate.routing.complexity.ComplexityClassifier;
import io.tollgate.routing.complexity.LearnedClassifier;
import io.tollgate.routing.complexity.Question;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.IntConsumer;

/** Scores examples by classifiers that were trained without them. The same seed gives the same folds. */
public final class CrossValidation {
    private final Trainer trainer;
    private final int folds;
    private final long seed;

    /** In so many parts. */
    public CrossValidation(Trainer trainer, int folds, long seed) {
        this.trainer = trainer;
        this.folds = folds;
        this.seed = seed;
    }

    /** Leaves out examples at random: the others are of the same subjects. */
    public double[] leavingExamplesOut(List<Example> examples, IntConsumer progress) {
        Random random = new Random(seed);
        return score(examples, random.ints(examples.size(), 0, folds).toArray(), progress);
    }

    /** Leaves out whole groups: subjects and tasks the classifier has never met. */
    public double[] leavingGroupsOut(List<Example> examples, IntConsumer progress) {
        List<String> groups = new ArrayList<>(
                new TreeSet<>(examples.stream().map(CrossValidation::group).toList()));
        Collections.shuffle(groups, new Random(seed));
        return score(
                examples,
                examples.stream()
                        .mapToInt(example -> groups.indexOf(group(example)) % folds)
                        .toArray(),
                progress);
    }

    private static String group(Example example) {
        return example.source() + " " + example.group();
    }

    private double[] score(List<Example> examples, int[] foldOf, IntConsumer progress) {
        double[] scores = new double[examples.size()];
        for (int fold = 0; fold < folds; fold++) {
            List<Example> rest = new ArrayList<>();
            for (int i = 0; i < foldOf.length; i++) {
                if (foldOf[i] != fold) {
                    rest.add(examples.get(i));
                }
            }
            if (rest.isEmpty()) {
                continue;
            }
            ComplexityClassifier classifier = new LearnedClassifier(trainer.fit(rest));
            for (int i = 0; i < foldOf.length; i++) {
                if (foldOf[i] == fold) {
                    scores[i] = score(classifier, examples.get(i));
                }
            }
            progress.accept(fold + 1);
        }
        return scores;
    }

    /** How hard a classifier takes an example to be. */
    public static double score(ComplexityClassifier classifier, Example example) {
        return classifier.classify(Question.of(example.prompt())).score();
    }
}
