package io.tollgate.routing.complexity.training;

import io.tollgate.routing.complexity.Question;
import io.tollgate.routing.complexity.model.Features;
import io.tollgate.routing.complexity.model.Form;
import io.tollgate.routing.complexity.model.LinearModel;
import io.tollgate.routing.complexity.model.Vocabulary;
import io.tollgate.routing.complexity.text.Reading;
import io.tollgate.routing.complexity.text.Traits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Fits a {@link LinearModel} to the {@link Targets} of examples. The same examples give the same weights, bit for bit. */
public final class Trainer {
    private static final int LARGEST_WEIGHT = 127;
    private static final double FAR = 2.5;
    private static final int FEW = 20;

    /** Columns of the weights all forms share, then of each form's own. */
    private static final int BLOCK = Vocabulary.slots() + Traits.DENSE;

    private final Settings settings;
    private final Traits traits = new Traits();
    private final Features features = new Features();

    /**
     * How to fit.
     *
     * @param penalty of the squared weights
     * @param denseScale how freely the numbers of a text may be used, beside its words
     * @param leastTexts in how many texts a word or pair of words must stand to get a weight
     * @param own how much an example's own gain counts beside the mean gain of its group, in [0,1]
     * @param pull with how many examples of the mean gain a group's mean is mixed
     */
    public record Settings(double penalty, double denseScale, int leastTexts, double own, double pull) {
        /** What did best on questions left out. */
        public static final Settings DEFAULT = new Settings(15, 0.02, 3, 0.4, 10);

        /** The same with another penalty. */
        public Settings withPenalty(double other) {
            return new Settings(other, denseScale, leastTexts, own, pull);
        }
    }

    /** With these settings. */
    public Trainer(Settings settings) {
        this.settings = settings;
    }

    /** The model that fits these examples. */
    public LinearModel fit(List<Example> examples) {
        Vocabulary vocabulary = vocabulary(examples);
        double[][] dense = dense(examples);
        double[] means = means(dense);
        double[] deviations = deviations(dense, means);
        double[] limits = Arrays.stream(deviations).map(d -> FAR * d).toArray();
        List<Ridge.Row> rows = rows(examples, vocabulary, dense, means, deviations, limits);
        double[] rarity = rarity(rows);
        rows.forEach(row -> row.scale(column -> rarity[column % BLOCK]));
        double[] solution = new Ridge(rows, (1 + LinearModel.FORMS) * BLOCK, settings.penalty())
                .solve(Targets.of(examples, settings.own(), settings.pull()));
        for (int i = 0; i < solution.length; i++) {
            solution[i] *= rarity[i % BLOCK];
        }
        List<Form> forms = new ArrayList<>(LinearModel.FORMS);
        for (int form = 0; form < LinearModel.FORMS; form++) {
            forms.add(form(solution, form, means, deviations, limits));
        }
        return placed(new LinearModel(vocabulary, forms), examples);
    }

    /** How freely each column may be used: a word all the more, the fewer texts hold it; by one in the mean, as the numbers. */
    private static double[] rarity(List<Ridge.Row> rows) {
        int[] texts = new int[Vocabulary.slots()];
        for (Ridge.Row row : rows) {
            for (int column : row.columns()) {
                if (column < texts.length) {
                    texts[column]++;
                }
            }
        }
        double[] rarity = new double[BLOCK];
        double squares = 0;
        double count = 0;
        for (int i = 0; i < texts.length; i++) {
            if (texts[i] > 0) {
                double square = Math.log((rows.size() + 1.0) / texts[i]);
                rarity[i] = Math.sqrt(square);
                squares += square * texts[i];
                count += texts[i];
            }
        }
        double mean = Math.sqrt(squares / Math.max(1, count));
        for (int i = 0; i < texts.length; i++) {
            rarity[i] /= mean;
        }
        Arrays.fill(rarity, texts.length, BLOCK, 1);
        return rarity;
    }

    /** A form's own weights are those all forms share and those it has beside them. */
    private Form form(double[] solution, int form, double[] means, double[] deviations, double[] limits) {
        double[] sum = new double[BLOCK];
        double largest = 1e-12;
        for (int i = 0; i < BLOCK; i++) {
            sum[i] = solution[i] + solution[(form + 1) * BLOCK + i];
            largest = i < Vocabulary.slots() ? Math.max(largest, Math.abs(sum[i])) : largest;
        }
        double unit = largest / LARGEST_WEIGHT;
        byte[] weights = new byte[Vocabulary.slots()];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (byte) Math.round(sum[i] / unit);
        }
        double[] factors = new double[Traits.DENSE];
        for (int i = 0; i < factors.length; i++) {
            factors[i] = sum[Vocabulary.slots() + i] * settings.denseScale() / deviations[i];
        }
        return new Form(weights, unit, means, limits, factors, 0, 1);
    }

    /** The same model, knowing how its predictions are spread in training. */
    private LinearModel placed(LinearModel draft, List<Example> examples) {
        List<List<Double>> predictions = new ArrayList<>();
        List<Double> all = new ArrayList<>();
        for (int form = 0; form < LinearModel.FORMS; form++) {
            predictions.add(new ArrayList<>());
        }
        for (Example example : examples) {
            traits.read(Question.of(example.prompt()).text());
            features.read(traits, draft.vocabulary());
            double prediction = draft.predict(traits, features);
            predictions.get(LinearModel.form(traits)).add(prediction);
            all.add(prediction);
        }
        List<Form> placed = new ArrayList<>(LinearModel.FORMS);
        for (int form = 0; form < LinearModel.FORMS; form++) {
            Form of = draft.forms().get(form);
            List<Double> own = predictions.get(form).size() < FEW ? all : predictions.get(form);
            double middle = quantile(own, 0.5);
            double spread = Math.max(1e-6, (quantile(own, 0.75) - quantile(own, 0.25)) / 2);
            placed.add(new Form(of.weights(), of.unit(), of.means(), of.limits(), of.factors(), middle, spread));
        }
        return new LinearModel(draft.vocabulary(), List.copyOf(placed));
    }

    private Vocabulary vocabulary(List<Example> examples) {
        Map<Long, int[]> texts = new HashMap<>();
        Set<Long> seen = new HashSet<>();
        for (Example example : examples) {
            traits.read(Question.of(example.prompt()).text());
            Reading words = traits.words();
            seen.clear();
            for (int i = 0; i < words.count(); i++) {
                seen.add(words.word(i));
                if (i > 0) {
                    seen.add(words.pair(i));
                }
                if (i > 1) {
                    seen.add(words.pairAcross(i));
                }
            }
            for (Long word : seen) {
                texts.computeIfAbsent(word, w -> new int[1])[0]++;
            }
        }
        List<Map.Entry<Long, int[]>> kept = new ArrayList<>();
        for (Map.Entry<Long, int[]> entry : texts.entrySet()) {
            if (entry.getValue()[0] >= settings.leastTexts()) {
                kept.add(entry);
            }
        }
        kept.sort(Comparator.comparingInt((Map.Entry<Long, int[]> e) -> -e.getValue()[0])
                .thenComparingLong(Map.Entry::getKey));
        Vocabulary vocabulary = new Vocabulary();
        for (Map.Entry<Long, int[]> entry : kept) {
            vocabulary.add(entry.getKey());
        }
        return vocabulary;
    }

    private double[][] dense(List<Example> examples) {
        double[][] dense = new double[examples.size()][];
        for (int i = 0; i < dense.length; i++) {
            traits.read(Question.of(examples.get(i).prompt()).text());
            dense[i] = traits.dense().clone();
        }
        return dense;
    }

    private List<Ridge.Row> rows(
            List<Example> examples,
            Vocabulary vocabulary,
            double[][] dense,
            double[] means,
            double[] deviations,
            double[] limits) {
        List<Ridge.Row> rows = new ArrayList<>(examples.size());
        for (int r = 0; r < examples.size(); r++) {
            traits.read(Question.of(examples.get(r).prompt()).text());
            features.read(traits, vocabulary);
            int own = (LinearModel.form(traits) + 1) * BLOCK;
            int count = features.count() + Traits.DENSE;
            int[] columns = new int[2 * count];
            float[] values = new float[2 * count];
            for (int i = 0; i < count; i++) {
                int number = i - features.count();
                columns[i] = number < 0 ? features.slot(i) : Vocabulary.slots() + number;
                values[i] = (float)
                        (number < 0
                                ? features.place(i) * features.scale()
                                : Form.clamp(dense[r][number] - means[number], limits[number])
                                        / deviations[number]
                                        * settings.denseScale());
                columns[count + i] = own + columns[i];
                values[count + i] = values[i];
            }
            rows.add(new Ridge.Row(columns, values));
        }
        return rows;
    }

    private static double[] means(double[][] rows) {
        double[] means = new double[Traits.DENSE];
        for (double[] row : rows) {
            for (int i = 0; i < means.length; i++) {
                means[i] += row[i] / rows.length;
            }
        }
        return means;
    }

    private static double[] deviations(double[][] rows, double[] means) {
        double[] squares = new double[Traits.DENSE];
        for (double[] row : rows) {
            for (int i = 0; i < squares.length; i++) {
                squares[i] += (row[i] - means[i]) * (row[i] - means[i]) / rows.length;
            }
        }
        return Arrays.stream(squares).map(s -> Math.max(1e-3, Math.sqrt(s))).toArray();
    }

    private static double quantile(List<Double> values, double share) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get((int) Math.min(sorted.size() - 1, share * sorted.size()));
    }
}
