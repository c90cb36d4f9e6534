package io.tollgate.routing.table;

import io.tollgate.core.exchange.Exchange;

/** Tells whether a small model will do for a request. Called on the exchange's loop; must not block. */
@FunctionalInterface
public interface ComplexityJudge {
    /**
     * What was judged.
     *
     * @param simple whether a small model will do
     * @param score 0 to 1, higher is harder
     */
    record Judgement(boolean simple, double score) {}

    /** Judges a request whose facts are read. */
    Judgement judge(Exchange exchange);
}
