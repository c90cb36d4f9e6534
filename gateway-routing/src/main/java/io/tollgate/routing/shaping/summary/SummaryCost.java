package io.tollgate.routing.shaping.summary;

import io.tollgate.core.exchange.Exchange;
import io.tollgate.core.usage.Metered;

/**
 * What a summary costs is the lever's loss: without the lever its call had not been made, so that its row's baseline is
 * nothing. So the sum of the lever over all rows is what it really saved, and no dollar is counted twice.
 */
public final class SummaryCost {
    private SummaryCost() {}

    /** To be called when the summary's own exchange ends, after all else it saved is known. */
    public static void charge(Exchange exchange) {
        Metered bought = exchange.bought();
        if (bought == null || !bought.cost().isPriced()) {
            return;
        }
        long otherwise = bought.cost().nanos();
        for (long nanos : exchange.saved().values()) {
            otherwise += nanos;
        }
        if (otherwise != 0) {
            exchange.saved("history", -otherwise);
        }
    }
}
