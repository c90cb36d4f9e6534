package io.tollgate.core.pipeline;

import io.tollgate.core.exchange.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * Calls the gateway makes itself, in the name of one of its callers: they pass the whole pipeline with that caller's
 * credentials and tags, so that keys, limits, budgets, prices and the ledger hold for them as for any other.
 */
public interface OwnCalls {
    /** Makes none. */
    OwnCalls NONE = (exchange, call, answered) -> answered.answered(null);

    /**
     * A call to be made, not streamed and answered in the dialect of the call it is made for.
     *
     * @param lever for which it is made
     * @param task its tag {@code task}
     * @param model asked for; in the body, too, where the dialect has it there
     * @param body JSON in UTF-8
     */
    record Call(String lever, String task, String model, byte[] body) {}

    /** Hears how a call went. */
    @FunctionalInterface
    interface Listener {
        /** The whole body of a successful answer; null where there is none, for whatever reason. */
        void answered(byte @Nullable [] body);
    }

    /**
     * Makes a call beside an exchange under way, which it neither delays nor fails. To be called on the exchange's loop.
     *
     * @param answered called once, on that loop
     */
    void make(Exchange exchange, Call call, Listener answered);
}
