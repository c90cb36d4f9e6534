package io.tollgate.core.pipeline;

import io.tollgate.core.exchange.Attempt;
import io.tollgate.core.exchange.End;
import io.tollgate.core.exchange.Exchange;
import io.tollgate.core.provider.Target;
import org.jspecify.annotations.Nullable;

/** Decides what follows a call to a provider that failed before anything of its answer was passed on. On the exchange's loop. */
public interface Recovery {
    /**
     * A call that failed.
     *
     * @param status what the provider answered, or 0 for nothing
     * @param retryAfterNanos what the provider asks to wait; -1 where it does not say
     */
    record Failure(End end, int status, long retryAfterNanos) {}

    /**
     * The next call.
     *
     * @param waitNanos before it is made
     * @param reason for {@code x-tollgate-route} and the ledger
     * @param uncapped whether the cap that was decided for the call does not hold for this one
     */
    record Next(Target target, long waitNanos, String reason, boolean uncapped) {
        /** With the cap that was decided, if there is one. */
        public Next(Target target, long waitNanos, String reason) {
            this(target, waitNanos, reason, false);
        }
    }

    /** A second call that is made beside one that keeps the caller waiting. */
    interface Hedge {
        /** The second call; it does not wait. */
        Next next();

        /**
         * One of the two is left.
         *
         * @param left whose answer is the caller's, or whose failure
         * @param gone the other
         * @param failure how that one failed; null where it was given up
         */
        void left(Attempt left, Attempt gone, @Nullable Failure failure);
    }

    /** A call is about to begin; another target than {@code first} is to be called where that is known to be ill. */
    @Nullable
    Next begin(Exchange exchange, Target first);

    /** A call failed; null where its failure is the caller's answer. */
    @Nullable
    Next after(Exchange exchange, Attempt attempt, Failure failure);

    /** Whether {@link #afterAnswer} is to be asked about a whole answer. */
    boolean looksAtAnswers(Exchange exchange);

    /** A plain answer is whole, and its attempt metered; null where it is the caller's. Otherwise it is kept until the next is. */
    @Nullable
    Next afterAnswer(Exchange exchange, Attempt attempt);

    /** The answer that was kept meanwhile is thrown away: the next one is whole. */
    void superseded(Attempt attempt);

    /** Whether an answer of this status is a failure. */
    boolean isFailure(int status);

    /** The provider answered as it should. */
    void answered(Exchange exchange, Attempt attempt);

    /** How many nanoseconds after it was sent a call's head is late enough for {@link #hedge}; -1: it never is. */
    long hedgeAfter(Exchange exchange, Attempt attempt);

    /** What is called beside a call whose head is late; null where nothing is. */
    @Nullable
    Hedge hedge(Exchange exchange, Attempt slow);

    /** The call was given up before the provider had answered or failed. */
    void abandoned(Target target);
}
