package io.tollgate.budget.step;

/**
 * How much of what is left of a budget one call may hold while others want some too: what such calls usually take, but
 * no more than a quarter of what is left, so that ten calls at once all find something; never less than a short answer.
 */
final class FairShare {
    /** Tokens of an answer that is not worth sharing. */
    static final long SHORT_ANSWER = 1_024;

    private static final int MOST = 4;
    private static final int LEAST = 8;

    private FairShare() {}

    /**
     * Output tokens of all answers of a call.
     *
     * @param payable with all that is left
     * @param usual what such calls usually take
     */
    static long of(long payable, long usual, int answers) {
        long share = Math.max(payable / LEAST, Math.min(payable / MOST, usual));
        return Math.min(payable, Math.max(share, SHORT_ANSWER * answers));
    }
}
