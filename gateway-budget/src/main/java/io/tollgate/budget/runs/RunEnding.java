package io.tollgate.budget.runs;

import io.tollgate.core.exchange.Attempt;
import io.tollgate.core.exchange.Completion;
import io.tollgate.core.exchange.Exchange;
import java.util.List;

/** How a call ended, as far as its run is concerned. */
enum RunEnding {
    /** It is not over. */
    UNDER_WAY,
    /** It was answered. */
    ANSWERED,
    /** The provider could not be reached, broke off, took too long, or answered an error. */
    FAILED,
    /** The caller left: perhaps to try again. */
    LEFT,
    /** Tollgate sent it nowhere: there was no step. */
    NOT_SENT;

    static RunEnding of(Exchange exchange, Completion completion) {
        List<Attempt> attempts = exchange.attempts();
        return switch (completion.end()) {
            case COMPLETE -> !attempts.isEmpty() && attempts.getLast().status() >= 400 ? FAILED : ANSWERED;
            case CACHED, CUT_BY_BUDGET, STOPPED_EARLY -> ANSWERED;
            case UPSTREAM_FAILED, TIMED_OUT -> FAILED;
            case CLIENT_GONE -> LEFT;
            case REFUSED -> attempts.isEmpty() ? NOT_SENT : FAILED;
        };
    }

    /** Whether a client that sends the very same again means the same step. */
    boolean isRetried() {
        return this == FAILED || this == LEFT;
    }
}
