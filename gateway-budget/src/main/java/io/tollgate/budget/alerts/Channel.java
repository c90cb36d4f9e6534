package io.tollgate.budget.alerts;

import io.tollgate.budget.ladder.Level;

/** A receiver of alerts. */
public interface Channel {
    /** What it is known by in the journal, also across restarts. */
    String name();

    /** What kind it is: {@code slack}, {@code pagerduty}, {@code webhook} or {@code email}. */
    String type();

    /** Alerts below it are not for this receiver. */
    Level minLevel();

    /** Tries once, for at most some seconds. Blocks; throws nothing but {@link InterruptedException}. */
    Verdict send(Alert alert) throws InterruptedException;
}
