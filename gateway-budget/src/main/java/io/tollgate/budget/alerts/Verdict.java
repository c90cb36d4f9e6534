package io.tollgate.budget.alerts;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How an attempt went.
 *
 * @param outcome what follows from it
 * @param reason why it failed, without any secret; null where it did not
 * @param pause how long the receiver asked to be left alone; zero where it asked for nothing
 */
public record Verdict(Outcome outcome, @Nullable String reason, Duration pause) {
    /** What follows from an attempt. */
    public enum Outcome {
        /** The receiver has it. */
        DELIVERED,
        /** It may work later. */
        RETRY,
        /** It never will. */
        REFUSED
    }

    /** The receiver has it. */
    public static final Verdict DELIVERED = new Verdict(Outcome.DELIVERED, null, Duration.ZERO);

    /** It may work later. */
    public static Verdict retry(String reason) {
        return retry(reason, Duration.ZERO);
    }

    /** It may work after this time. */
    public static Verdict retry(String reason, Duration pause) {
        return new Verdict(Outcome.RETRY, reason, pause);
    }

    /** It never will: the receiver does not take this alert. */
    public static Verdict refused(String reason) {
        return new Verdict(Outcome.REFUSED, reason, Duration.ZERO);
    }
}
