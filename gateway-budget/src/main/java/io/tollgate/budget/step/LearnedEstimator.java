package io.tollgate.budget.step;

import io.tollgate.core.dialect.Operation;
import io.tollgate.core.dialect.RequestFacts;
import io.tollgate.core.exchange.Exchange;
import io.tollgate.core.learn.Group;
import io.tollgate.core.step.LearnStep;
import io.tollgate.core.tokens.learned.LearnedTokens;
import org.jspecify.annotations.Nullable;

/**
 * Guesses from the sizes of texts and from what calls of the same key, model and task used before: the input with a
 * margin that suffices for 95 of 100 calls, the output that 95 of 100 answers stay within.
 */
public final class LearnedEstimator implements CostEstimator {
    /** Held for the output of an answer at first where nothing is known of such answers; the rest is held as it grows. */
    static final long FIRST_SLICE = 512;

    private static final int MOST_ANSWERS = 1_000;

    private final LearnedTokens learned;

    /** By this memory. */
    public LearnedEstimator(LearnedTokens learned) {
        this.learned = learned;
    }

    @Override
    public CallEstimate estimate(Exchange exchange, @Nullable String model) {
        RequestFacts facts = exchange.facts().get();
        Group group = LearnStep.group(exchange, model);
        long input = learned.input(group, exchange.endpoint(), facts, exchange.body(), model)
                .held();
        boolean generates = exchange.endpoint().operation() == Operation.GENERATE;
        return new CallEstimate(input, generates ? output(facts, group) : 0);
    }

    private long output(RequestFacts facts, Group group) {
        long usual = learned.output(group);
        long first = usual < 0 ? FIRST_SLICE : usual;
        long cap = facts.outputCap();
        return (cap < 0 ? first : Math.min(cap, first)) * Math.min(facts.answers(), MOST_ANSWERS);
    }

    /** 3.5 bytes a token, on the safe side for English. */
    @Override
    public long outputTokens(Exchange exchange, long textBytes) {
        return Math.ceilDiv(textBytes * 2, 7);
    }
}
