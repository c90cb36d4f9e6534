package io.tollgate.routing.complexity.training;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Average performance gap recovered: as the share of questions sent to the strong model grows from none to all, highest
 * scores first, the mean share of the strong model's gain that is had. 0.5 is what chance gets; 1 is out of reach.
 */
public final class Apgr {
    private Apgr() {}

    /** Of those examples, and their scores, that {@code chosen} takes. */
    public static double of(List<Example> examples, double[] scores, Predicate<Example> chosen) {
        int[] kept = IntStream.range(0, scores.length)
                .filter(i -> chosen.test(examples.get(i)))
                .toArray();
        return of(
                Arrays.stream(kept).mapToObj(examples::get).toList(),
                Arrays.stream(kept).mapToDouble(i -> scores[i]).toArray());
    }

    /** Of these scores, one per example. NaN where the strong model gains nothing in all. */
    public static double of(List<Example> examples, double[] scores) {
        Integer[] order = new Integer[scores.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparingDouble(i -> -scores[i]));
        double gained = 0;
        double area = 0;
        for (int from = 0; from < order.length; ) {
            int to = from;
            double sum = 0;
            while (to < order.length && scores[order[to]] == scores[order[from]]) {
                sum += examples.get(order[to++]).gain();
            }
            area += (to - from) * (gained + sum / 2); // equal scores: in any order
            gained += sum;
            from = to;
        }
        return Math.abs(gained) < 1e-9 ? Double.NaN : area / scores.length / gained;
    }
}
