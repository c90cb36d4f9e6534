package io.tollgate.budget.step;

import io.tollgate.core.dialect.Operation;
import io.tollgate.core.dialect.RequestFacts;
import io.tollgate.core.exchange.Exchange;

/** Guesses by the sizes of texts alone, knowing nothing of models: 3.5 bytes a token, on the safe side for English. */
public final class ByteEstimator implements CostEstimator {
    /** Held for the output of an answer at first, where the caller's cap is not lower; the rest is held as it grows. */
    static final long FIRST_SLICE = 512;

    private static final long TOKENS_PER_TURN = 4;
    private static final long TOKENS_PER_IMAGE = 1_000;

    @Override
    public CallEstimate estimate(Exchange exchange) {
        RequestFacts facts = exchange.facts().get();
        Operation operation = exchange.endpoint().operation();
        long textBytes = operation == Operation.TUNNEL ? exchange.body().length() : facts.textBytes();
        long input =
                tokens(textBytes) + TOKENS_PER_TURN * (1 + facts.turns().size()) + TOKENS_PER_IMAGE * facts.images();
        return new CallEstimate(input, operation == Operation.GENERATE ? output(facts) : 0);
    }

    private static long output(RequestFacts facts) {
        long cap = facts.outputCap();
        return (cap < 0 ? FIRST_SLICE : Math.min(cap, FIRST_SLICE)) * Math.min(facts.answers(), 1_000);
    }

    @Override
    public long outputTokens(Exchange exchange, long textBytes) {
        return tokens(textBytes);
    }

    private static long tokens(long bytes) {
        return Math.ceilDiv(bytes * 2, 7);
    }
}
