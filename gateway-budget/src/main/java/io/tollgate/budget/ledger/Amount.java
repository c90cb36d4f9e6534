package io.tollgate.budget.ledger;

/**
 * Money and tokens of one call. Neither is negative; what is beyond {@link #MOST} counts as that, so that no sum of
 * calls under way overflows.
 *
 * @param nanos nano-dollars
 * @param tokens input and output together
 */
public record Amount(long nanos, long tokens) {
    /** 2^46: 70,368 dollars, or 70 trillion tokens, in a single call. */
    public static final long MOST = 1L << 46;
    /** Nothing. */
    public static final Amount ZERO = new Amount(0, 0);

    /** Takes what is out of range as the nearest that is in it. */
    public Amount {
        nanos = Math.clamp(nanos, 0, MOST);
        tokens = Math.clamp(tokens, 0, MOST);
    }

    /** What is left of this without the other. */
    public Amount minus(Amount other) {
        return new Amount(nanos - other.nanos, tokens - other.tokens);
    }

    /** Both together. */
    public Amount plus(Amount other) {
        return new Amount(nanos + other.nanos, tokens + other.tokens);
    }
}
