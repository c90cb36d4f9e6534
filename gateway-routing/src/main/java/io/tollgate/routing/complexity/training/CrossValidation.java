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
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** Scores examples by classifiers that were trained without them. The same seed gives the same folds. */
public final class CrossValidation {
    private final Trainer trainer;
    private final int folds;
    private final long seed;

    /**
     * How every example was judged by a classifier that had not met it.
     *
     * @param examples that were judged
     * @param scores one per example
     * @param parts the part each was in
     */
    public record Outcome(List<Example> examples, double[] scores, int[] parts) {
        /** Of those that {@code chosen} takes, in one order: scores of several classifiers side by side. */
        public double apgr(Predicate<Example> chosen) {
            return Apgr.of(examples, scores, chosen);
        }

        /** The mean of the parts, each in an order of its own: what one classifier makes of what it has not met. */
        public double apgrByPart(Predicate<Example> chosen) {
            return IntStream.of(parts)
                    .distinct()
                    .mapToDouble(part -> {
                        int[] of = IntStream.range(0, parts.length)
                                .filter(i -> parts[i] == part)
                                .toArray();
                        List<Example> own =
                                IntStream.of(of).mapToObj(examples::get).toList();
                        return Apgr.of(
                                own,
                                IntStream.of(of).mapToDouble(i -> scores[i]).toArray(),
                                chosen);
                    })
                    .filter(Double::isFinite)
                    .average()
                    .orElse(Double.NaN);
        }
    }

    /** In so many parts. */
    public CrossValidation(Trainer trainer, int folds, long seed) {
        this.trainer = trainer;
        this.folds = folds;
        this.seed = seed;
    }

    /** Leaves out examples at random: the others are of the same subjects. */
    public Outcome leavingExamplesOut(List<Example> examples, IntConsumer progress) {
        Random random = new Random(seed);
        return score(examples, random.ints(examples.size(), 0, folds).toArray(), progress);
    }

    /** Leaves out whole groups: subjects and tasks the classifier has never met. */
    public Outcome leavingGroupsOut(List<Example> examples, IntConsumer progress) {
        List<String> groups = new ArrayList<>(
                new TreeSet<>(examples.stream().map(Example::wholeGroup).toList()));
        Collections.shuffle(groups, new Random(seed));
        return score(
                examples,
                examples.stream()
                        .mapToInt(example -> groups.indexOf(example.wholeGroup()) % folds)
                        .toArray(),
                progress);
    }

    private Outcome score(List<Example> examples, int[] foldOf, IntConsumer progress) {
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
        return new Outcome(examples, scores, foldOf);
    }

    /** How hard a classifier takes an example to be. */
    public static double score(ComplexityClassifier classifier, Example example) {
        return classifier.classify(Question.of(example.prompt())).score();
    }
}
