package io.tollgate.routing.complexity.text;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What one pass found in a text. A scratch pad that is filled again and again; one thread. */
public final class Traits {
    /** How many numbers {@link #dense} holds. */
    public static final int DENSE = 22;

    /** From so many signs of a programming language on a text holds code. */
    private static final int CODE_FROM = 3;

    private static final int OPTIONS_FROM = 2;
    private static final int WORD_PROBLEM_MOST = 220;
    private static final Signal[] SIGNALS = Signal.values();

    private final Reading words = new Reading();
    private final Regions regions = new Regions();
    private final OwnWords own = new OwnWords();
    private final double[] signals = new double[SIGNALS.length];
    private final double[] dense = new double[DENSE];
    private double simple;
    private double complex;
    private @Nullable Signal lead;
    private boolean ownMatter;

    /** Makes an empty one. */
    public Traits() {}

    /** Reads {@code text}. */
    public void read(String text) {
        words.read(text);
        regions.find(text);
        own.find(words);
        findTasks();
        fillDense(text.length());
    }

    private void findTasks() {
        Arrays.fill(signals, 0);
        lead = null;
        ownMatter = false;
        for (int i = 0; i < words.count; i++) {
            Signal signal = Lexicon.SHIPPED.at(words, i);
            if (signal == null) {
                continue;
            }
            double weight = regions.weight(words.start[i]);
            ownMatter |= signal == Signal.OWN_MATTER && own.reachTo(words.start[i]);
            if (lead == null && weight == 1 && Math.abs(signal.weight()) > 0.5) {
                lead = signal;
                regions.taskNamed(words.text, words.end[i]);
            }
            int of = signal.index();
            signals[of] = Math.max(signals[of], weight);
        }
        simple = 0;
        complex = 0;
        for (int i = 0; i < signals.length; i++) {
            double said = signals[i] * SIGNALS[i].weight();
            if (said < 0) {
                simple = together(simple, -said);
            } else {
                complex = together(complex, said);
            }
        }
    }

    /** The stronger counts whole, the other a quarter: piling up phrases does not pay. */
    private static double together(double one, double other) {
        return Math.min(1.5, Math.max(one, other) + 0.25 * Math.min(one, other));
    }

    private void fillDense(int length) {
        double count = Math.max(1, words.count);
        double problem = isWordProblem() ? 1 : 0;
        double logWords = Math.log1p(words.count);
        dense[0] = Math.log1p(length);
        dense[1] = logWords;
        dense[2] = words.numbers / count;
        dense[3] = Math.log1p(words.numbers);
        dense[4] = words.uppers / Math.max(1.0, words.letters);
        dense[5] = words.signs / Math.max(1.0, length);
        dense[6] = words.letters / count;
        dense[7] = Math.log1p(words.lines);
        dense[8] = Math.log1p(words.questions);
        dense[9] = Math.log1p(words.maths);
        dense[10] = hasOptions() ? 1 : 0;
        dense[11] = hasCode() ? 1 : 0;
        dense[12] = Math.log1p(words.blanks);
        dense[13] = problem;
        dense[14] = problem * wordProblemLength();
        dense[15] = problem * Math.log1p(words.fractions);
        dense[16] = simple;
        dense[17] = complex;
        dense[18] = Math.log1p(words.sentences);
        dense[19] = signal(Signal.FACT);
        dense[20] = signal(Signal.PROGRAM);
        dense[21] = Math.log1p(words.codeSigns);
    }

    /** The words, for those who look at each. */
    public Reading words() {
        return words;
    }

    /** How much a word's place lets it count, in (0,1]. */
    public double placeWeight(int word) {
        return regions.topicWeight(words.start[word]);
    }

    /** Numbers for a linear model; lent until the next reading. */
    public double[] dense() {
        return dense;
    }

    /** How strongly a task is named, in [0,1]: 1 at the beginning, less in the middle of a text. */
    public double signal(Signal signal) {
        return signals[signal.index()];
    }

    /** The task named first where tasks are told, or null. */
    public @Nullable Signal lead() {
        return lead;
    }

    /** Whether the task is told to be a simple one: to label, to extract, to translate; a question for a fact is none. */
    public boolean namesSimpleTask() {
        return lead != null && lead.weight() < 0 && lead != Signal.FACT && lead != Signal.GREETING;
    }

    /** How strongly simple tasks are named, at most 1.5. */
    public double simple() {
        return simple;
    }

    /** How strongly complex tasks are named, at most 1.5. */
    public double complex() {
        return complex;
    }

    /** Whether it holds a program or a part of one. */
    public boolean hasCode() {
        return words.codeSigns >= CODE_FROM;
    }

    /** Whether answers to choose from are listed. */
    public boolean hasOptions() {
        return words.options >= OPTIONS_FROM;
    }

    /** Whether worked examples precede the task. */
    public boolean hasExamples() {
        return words.examples >= 2;
    }

    /** Whether it is a question in words that must be calculated. */
    public boolean isWordProblem() {
        return words.numbers >= 2
                && words.questions > 0
                && !hasOptions()
                && !hasCode()
                && words.count >= 12
                && words.count <= WORD_PROBLEM_MOST
                && words.maths <= words.numbers;
    }

    /** How much longer a calculation is told than usual, as a logarithm: more words mean more steps. */
    public double wordProblemLength() {
        return Math.log1p(words.count) - 3.8;
    }

    /** Words the writer says himself, outside of quotations and documents. */
    public int ownWords() {
        return own.count;
    }

    /** Whether these speak of himself or of what is his. */
    public boolean tellsOwnMatter() {
        return ownMatter;
    }

    /** Signs of mathematics. */
    public int maths() {
        return words.maths;
    }

    /** Percentages and fractions. */
    public int fractions() {
        return words.fractions;
    }

    /** Question marks. */
    public int questions() {
        return words.questions;
    }
}
