package io.tollgate.budget.alerts;

/**
 * A time during which one rule finds traffic out of the ordinary: told of once, when it begins.
 *
 * @param rule the rule's name
 * @param since when it began, epoch milliseconds
 * @param calmSince since when the rule's figure is ordinary again; -1 while it is not
 */
public record Episode(String rule, long since, long calmSince) {
    /** Begins now. */
    public static Episode beginning(String rule, long nowMillis) {
        return new Episode(rule, nowMillis, -1);
    }

    /** Whether the figure is ordinary again. */
    public boolean isCalm() {
        return calmSince >= 0;
    }

    /** With the figure ordinary since then, or -1 for out of the ordinary again. */
    public Episode calm(long since) {
        return new Episode(rule, this.since, since);
    }
}
