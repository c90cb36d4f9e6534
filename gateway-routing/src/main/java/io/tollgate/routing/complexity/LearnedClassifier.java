package io.tollgate.routing.complexity;

import io.tollgate.routing.complexity.model.Features;
import io.tollgate.routing.complexity.model.LinearModel;
import io.tollgate.routing.complexity.text.Traits;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * Judges by what a strong model gained over a weak one on questions that looked like this one. The fewer of a question's
 * pairs of words it has met, the more it leaves to the rules. Immutable; any thread.
 */
public final class LearnedClassifier implements ComplexityClassifier {
    /** Share of known pairs at and below which the rules alone judge. */
    private static final double STRANGE = 0.1;

    /** Share of known pairs from which the model has all the say it can have. */
    private static final double FAMILIAR = 0.4;

    /** The most the model has to say. */
    private static final double SAY_MOST = 0.9;

    /** Its share of that where the sum of steps is what counts, which words do not tell. */
    private static final double IN_CALCULATIONS = 0.5;

    /** And of a simple task about a long document: nearly all the words are the document's. */
    private static final double IN_DOCUMENTS = 0.4;

    private static final int LONG = 500;

    /** With listed answers the rules have little to go by, so the model takes over, and from fewer known pairs. */
    private static final double STRANGE_CHOICE = 0.05;

    private static final double FAMILIAR_CHOICE = 0.2;

    private static final ThreadLocal<Scratch> SCRATCH = ThreadLocal.withInitial(Scratch::new);

    private final LinearModel model;

    /** By this model. */
    public LearnedClassifier(LinearModel model) {
        this.model = model;
    }

    /** By the weights that come with the program. */
    public static LearnedClassifier shipped() {
        try (InputStream in = LearnedClassifier.class.getResourceAsStream("weights.bin")) {
            if (in == null) {
                throw new IllegalStateException("weights.bin is missing beside " + LearnedClassifier.class);
            }
            return new LearnedClassifier(LinearModel.read(in));
        } catch (IOException e) {
            throw new IllegalStateException("weights.bin " + e.getMessage(), e);
        }
    }

    @Override
    public Complexity classify(Question question) {
        Scratch pad = SCRATCH.get();
        Traits traits = pad.traits;
        traits.read(question.text());
        pad.features.read(traits, model.vocabulary());
        List<String> reasons = RuleScore.reasons();
        double rules = RuleScore.of(question, traits, reasons);
        double level = model.level(traits, pad.features);
        double say = say(traits, pad.features.familiarity());
        if (question.tokens() > LONG && traits.namesSimpleTask()) {
            say *= IN_DOCUMENTS;
        }
        if (say > 0.4) {
            reasons.addFirst(
                    level >= Complexity.COMPLEX_FROM
                            ? "resembles questions that strong models answer better"
                            : "resembles questions that weak models answer as well");
        }
        return Complexity.of(say * level + (1 - say) * rules, reasons);
    }

    private static double say(Traits traits, double familiarity) {
        if (traits.hasOptions() && traits.simple() < 1) {
            return between(familiarity, STRANGE_CHOICE, FAMILIAR_CHOICE);
        }
        double named = Math.min(1, Math.max(traits.simple(), traits.complex()));
        return SAY_MOST
                * between(familiarity, STRANGE, FAMILIAR)
                * (1 - 0.5 * named)
                * (traits.isWordProblem() ? IN_CALCULATIONS : 1);
    }

    private static double between(double value, double low, double high) {
        return Math.max(0, Math.min(1, (value - low) / (high - low)));
    }

    private static final class Scratch {
        private final Traits traits = new Traits();
        private final Features features = new Features();
    }
}
