package io.tollgate.routing.complexity;

import io.tollgate.routing.complexity.text.Signal;
import io.tollgate.routing.complexity.text.Traits;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the rules make of a question: evidence for and against a strong model, added up. Each kind of evidence is bounded,
 * so that none decides alone by being repeated.
 */
final class RuleScore {
    private static final Signal[] SIGNALS = Signal.values();
    private static final double TASK = 2.6;
    /** From so much on, reasoning is asked for outside a document. */
    private static final double REASONING = 0.6;

    private static final int SHORT = 40;
    private static final int LONG = 500;
    private static final double LONG_MOST = 2.2;
    /** How much length counts where it is a document's that a simple task is about. */
    private static final double LONG_DOCUMENT = 0.6;

    /** From so many words on that are the writer's own the matter they tell counts, up to twice as many. */
    private static final int OWN_LEAST = 8;
    /** And where they do not speak of himself. */
    private static final int OTHER_LEAST = 20;

    private static final double MATTER = 1.1;

    private static final int MANY_TURNS = 6;

    private final Question question;
    private final Traits traits;
    private final @Nullable List<String> reasons;
    private double evidence;

    private RuleScore(Question question, Traits traits, @Nullable List<String> reasons) {
        this.question = question;
        this.traits = traits;
        this.reasons = reasons;
    }

    /** In (0,1); adds to {@code reasons} where they are wanted. */
    static double of(Question question, Traits traits, @Nullable List<String> reasons) {
        RuleScore score = new RuleScore(question, traits, reasons);
        score.add();
        return 1 / (1 + Math.exp(-score.evidence));
    }

    private void add() {
        evidence = -0.15;
        tasks();
        length();
        matter();
        contents();
        surroundings();
    }

    private void tasks() {
        double simple = traits.simple();
        double complex = traits.complex();
        Signal lead = traits.lead();
        if (lead != null) { // the task named first is the task; others qualify it
            if (lead == Signal.FACT && traits.signal(Signal.REASON) >= REASONING) {
                simple *= 0.4; // a fact to be reasoned out: how it is asked for says little
            } else if (lead.weight() < 0) {
                complex = Math.min(complex * 0.4, 0.6 * simple);
            } else {
                simple *= 0.4;
            }
        }
        evidence += TASK * (complex - simple);
        for (Signal signal : SIGNALS) {
            if (traits.signal(signal) >= 0.7 && Math.abs(signal.weight()) > 0.3) {
                reason(signal.reason());
            }
        }
    }

    private void length() {
        long tokens = question.tokens();
        if (tokens > LONG) {
            double more = Math.log((double) tokens / LONG) / Math.log(8);
            double all = LONG_MOST * (0.5 + 0.5 * Math.min(1, more));
            evidence += traits.namesSimpleTask() ? LONG_DOCUMENT * all : all;
            reason("more than 500 tokens");
        } else if (tokens <= SHORT && traits.complex() < 0.5 && !traits.hasCode()) {
            evidence -= 0.6;
            reason("short, without examples");
        } else {
            evidence += 0.8 * (tokens - SHORT) / (LONG - SHORT);
        }
    }

    /** Who tells at some length what he is in wants advice or something made, however he words the request. */
    private void matter() {
        if (traits.hasOptions() || traits.hasCode() || traits.isWordProblem() || traits.simple() >= 0.7) {
            return;
        }
        boolean own = traits.tellsOwnMatter();
        double told = (double) (traits.ownWords() - (own ? OWN_LEAST : OTHER_LEAST)) / (own ? OWN_LEAST : OTHER_LEAST);
        evidence += MATTER * Math.max(0, Math.min(1, told));
        if (told > 0.5) {
            reason(own ? Signal.OWN_MATTER.reason() : "a request of some length");
        }
    }

    private void contents() {
        boolean task = traits.simple() >= 0.7;
        if (traits.hasCode()) {
            evidence += task ? 0.5 : 1.4;
            reason("contains code");
        }
        boolean calculation = traits.isWordProblem() && !task;
        if (traits.maths() >= 3 && !calculation) {
            evidence += task ? 0.3 : 1.0;
            reason("contains mathematics");
        }
        if (calculation) {
            evidence += 0.4
                    + 1.8 * Math.max(-1, Math.min(1.5, traits.wordProblemLength()))
                    + 0.1 * Math.min(3, traits.fractions());
            reason("a calculation told in words");
        }
        if (traits.hasExamples()) {
            evidence += 1.2;
            reason("contains examples");
        }
    }

    private void surroundings() {
        if (question.tools() > 0) {
            evidence += 0.4;
            reason("tools are offered");
        }
        if (question.images() > 0) {
            evidence += 0.4;
            reason("contains images");
        }
        if (question.turns() > MANY_TURNS) {
            evidence += 0.4;
            reason("a long conversation");
        }
        if (question.structured()) {
            evidence -= 0.3;
            reason("the answer follows a schema");
        }
    }

    private void reason(String reason) {
        if (reasons != null && !reasons.contains(reason)) {
            reasons.add(reason);
        }
    }

    /** Room for the usual number of reasons. */
    static List<String> reasons() {
        return new ArrayList<>(4);
    }
}
