package io.tollgate.routing.complexity.training;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a model is fitted to: the strong model's gain, less the mean gain of the example's source, so that sources with other
 * models and other scales do not pull against each other. One question's gain is mostly chance, that of its subject or
 * task is not: so it is drawn towards the mean of its group, where groups are told.
 */
final class Targets {
    private Targets() {}

    /**
     * One per example.
     *
     * @param own how much an example's own gain counts beside its group's mean, in [0,1]
     * @param pull with how many examples of the source's mean gain a group's mean is mixed
     */
    static double[] of(List<Example> examples, double own, double pull) {
        Map<Integer, Mean> sources = new HashMap<>();
        Map<String, Mean> groups = new HashMap<>();
        for (Example example : examples) {
            sources.computeIfAbsent(example.source(), source -> new Mean()).add(example.gain());
            groups.computeIfAbsent(example.wholeGroup(), group -> new Mean()).add(example.gain());
        }
        return examples.stream()
                .mapToDouble(example -> {
                    double usual =
                            sources.getOrDefault(example.source(), new Mean()).of(0, 0);
                    double inGroup = groups.getOrDefault(example.wholeGroup(), new Mean())
                            .of(pull, usual);
                    return inGroup - usual + own * (example.gain() - inGroup);
                })
                .toArray();
    }

    /** A mean, as it comes together. */
    private static final class Mean {
        private double sum;
        private int count;

        void add(double value) {
            sum += value;
            count++;
        }

        /** Mixed with {@code more} values that are {@code other} each. */
        double of(double more, double other) {
            return (sum + more * other) / Math.max(1, count + more);
        }
    }
}
